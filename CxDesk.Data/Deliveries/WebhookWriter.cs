using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Data.People;

namespace CxDesk.Data.Deliveries;

/// <summary>Rooms and programs that are told what people are told. For administrators.</summary>
public sealed class WebhookWriter(Db db)
{
    private const int LongestAddress = 2000, LongestSecret = 400;

    private static readonly Statement Taken = new("SELECT COUNT(*) FROM Webhooks WHERE Name = @name AND Id <> @id");

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Webhooks (Name, Address, Shape, Secret, Language, UnitId, Topics, IsActive, CreatedAt) {d.Output("Id")}
        VALUES (@name, @address, @shape, @secret, @language, @unitId, @topics, @isActive, @at) {d.Returning("Id")}
        """);

    private static readonly Statement Update = new("""
        UPDATE Webhooks SET Name = @name, Address = @address, Shape = @shape, Secret = CASE WHEN @keepSecret = 1 THEN Secret ELSE @secret END, Language = @language,
            UnitId = @unitId, Topics = @topics, IsActive = @isActive, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @version
        """);

    private static readonly Statement UnitThere = new("SELECT COUNT(*) FROM Units WHERE Id = @unitId");

    private static readonly Statement Try = new("""
        INSERT INTO Deliveries (Channel, WebhookId, Event, DedupKey, CreatedAt, NextAt)
        SELECT 2, w.Id, 'test', CONCAT('test/', w.Id, '/', @key), @at, @at FROM Webhooks w WHERE w.Id = @id
        """);

    /// <exception cref="InvalidField">name, address, secret, topics, unit.</exception>
    public Task<int> Add(Viewer actor, EditWebhook webhook, CancellationToken cancel = default) => db.Write(async s =>
    {
        var id = await s.Single<int>(Insert, await Checked(s, webhook));
        await Note(s, actor, "webhookAdded", id, webhook);
        return id;
    }, cancel);

    /// <exception cref="InvalidField">As above.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else saved it since it was read.</exception>
    public Task Edit(Viewer actor, EditWebhook webhook, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (await s.Execute(Update, await Checked(s, webhook)) == 0) throw await Audit.Conflict(s, "webhook", webhook.Id);
        await Note(s, actor, "webhookEdited", webhook.Id, webhook);
    }, cancel);

    /// <summary>Queues a message that says nothing but that it came.</summary>
    public Task Test(Viewer actor, int id, CancellationToken cancel = default) => db.Write(async s =>
    {
        await s.Execute(Try, new { id, key = People.Secret.Make()[..12], at = s.Now });
        await Audit.Write(s, actor, "webhookTested", "webhook", id);
        s.Changed(ChangeTopic.Deliveries);
    }, cancel);

    private static async Task<object> Checked(Session session, EditWebhook webhook)
    {
        var name = Codes.Name(webhook.Name, "name");
        var address = Codes.Normal(webhook.Address);
        if (address.Length == 0) throw new InvalidField("address", "Missing", "address: is missing.");
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new InvalidField("address", "NoAddress", "address: an address such as https://example.com/hook.");
        var secret = string.IsNullOrWhiteSpace(webhook.Secret) ? null : webhook.Secret.Trim();
        if (secret?.Length > LongestSecret) throw new InvalidField("secret", "TooLong", $"secret: is longer than {LongestSecret} characters.");
        if ((webhook.Topics & NoticeTopics.Every) == 0) throw new InvalidField("topics", "None", "topics: choose one at least.");
        if (await session.Single<int>(UnitThere, new { unitId = webhook.UnitId }) == 0) throw new InvalidField("unit", "Gone", "unit: does not exist.");
        if (await session.Single<int>(Taken, new { name, id = webhook.Id }) > 0) throw new InvalidField("name", "Taken", $"name: another webhook is called {name}.");
        return new
        {
            name, address, shape = (int)webhook.Shape, secret, keepSecret = webhook.KeepsSecret && secret is null, language = webhook.Language, unitId = webhook.UnitId,
            topics = webhook.Topics & NoticeTopics.Every, isActive = webhook.IsActive, at = session.Now, id = webhook.Id, version = webhook.Version,
        };
    }

    // The address of a room is a secret too: whoever knows it can write there.
    private static async Task Note(Session session, Viewer actor, string what, int id, EditWebhook webhook)
    {
        await Audit.Write(session, actor, what, "webhook", id, new { webhook.Name, new Uri(webhook.Address).Host, webhook.Shape, webhook.UnitId, webhook.Topics, webhook.IsActive });
        session.Changed(ChangeTopic.Deliveries);
    }
}

/// <summary>A webhook as it is to be; <see cref="Id"/> and <see cref="Version"/> as it was read, 0 for a new one.</summary>
public sealed record EditWebhook
{
    public int Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required WebhookShape Shape { get; init; }

    /// <summary>What messages are signed with; null leaves them unsigned, or, with <see cref="KeepsSecret"/>, as they were.</summary>
    public string? Secret { get; init; }
    public bool KeepsSecret { get; init; }
    public required string Language { get; init; }
    public int UnitId { get; init; } = 1;

    /// <summary>Bits of <see cref="NoticeTopic"/>.</summary>
    public int Topics { get; init; } = NoticeTopics.Every;
    public bool IsActive { get; init; } = true;
}
