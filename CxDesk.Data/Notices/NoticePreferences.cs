using System.Net.Mail;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Notices;

/// <summary>
/// How a person wants to be told. Only what differs from how everybody is told is kept, by topic and not by role: whoever
/// becomes a supervisor keeps what they chose and gets the rest as everybody does.
/// </summary>
public sealed class NoticePreferences(Db db)
{
    private static readonly Statement Person = new($"""
        SELECT Email AS {nameof(PersonRow.Email)}, AnyHour AS {nameof(PersonRow.AnyHour)} FROM People WHERE Id = @personId
        """);

    private static readonly Statement Chosen = new($"""
        SELECT Topic AS {nameof(NoticePreference.Topic)}, ByBell AS {nameof(NoticePreference.ByBell)}, ByMail AS {nameof(NoticePreference.ByMail)}
        FROM NoticePreferences WHERE PersonId = @personId
        """);

    private static readonly Statement SavePerson = new("UPDATE People SET Email = @email, AnyHour = @anyHour WHERE Id = @personId");
    private static readonly Statement Forget = new("DELETE FROM NoticePreferences WHERE PersonId = @personId");

    private static readonly Statement Keep = new("""
        INSERT INTO NoticePreferences (PersonId, Topic, ByBell, ByMail) VALUES (@personId, @topic, @byBell, @byMail)
        """);

    /// <returns>With an entry for every topic. Null for who is no person.</returns>
    public async Task<NoticeChoices?> Read(Viewer viewer, CancellationToken cancel = default) => viewer.PersonId is not { } personId ? null : await db.Read(async s =>
    {
        var person = await s.First<PersonRow>(Person, new { personId });
        var chosen = (await s.Query<NoticePreference>(Chosen, new { personId })).ToDictionary(c => c.Topic);
        return new NoticeChoices
        {
            Email = person?.Email,
            AnyHour = person?.AnyHour ?? false,
            Topics = [.. NoticeTopics.All.Select(t => chosen.GetValueOrDefault(t) ?? new NoticePreference { Topic = t, ByBell = true, ByMail = true })],
        };
    }, cancel);

    /// <exception cref="InvalidField">email.</exception>
    public async Task Save(Viewer viewer, NoticeChoices choices, CancellationToken cancel = default)
    {
        if (viewer.PersonId is not { } personId) return;
        var email = Address(choices.Email);
        await db.Write(async s =>
        {
            await s.Execute(SavePerson, new { personId, email, anyHour = choices.AnyHour });
            await s.Execute(Forget, new { personId });
            foreach (var topic in choices.Topics.Where(t => !t.ByBell || !t.ByMail))
                await s.Execute(Keep, new { personId, topic = (int)topic.Topic, byBell = topic.ByBell, byMail = topic.ByMail });
            await Audit.Write(s, viewer, "noticesChosen", "person", personId, new { email, choices.AnyHour });
        }, cancel);
    }

    /// <summary>An address that mail can go to, or null for none.</summary>
    /// <exception cref="InvalidField">email.</exception>
    public static string? Address(string? text)
    {
        var address = Codes.Normal(text);
        if (address.Length == 0) return null;
        if (address.Length > 320 || !MailAddress.TryCreate(address, out var mail) || mail.Address != address)
            throw new InvalidField("email", "NoMail", "email: an address such as name@example.com.");
        return address;
    }

    private sealed record PersonRow
    {
        public required string? Email { get; init; }
        public required bool AnyHour { get; init; }
    }
}

/// <summary>How a person is told of one topic.</summary>
public sealed record NoticePreference
{
    public required NoticeTopic Topic { get; init; }
    public required bool ByBell { get; init; }
    public required bool ByMail { get; init; }
}

public sealed record NoticeChoices
{
    /// <summary>Null: no mail.</summary>
    public string? Email { get; init; }

    /// <summary>Mail also outside of the person's working hours; what is critical comes at any hour anyhow.</summary>
    public bool AnyHour { get; init; }

    public required IReadOnlyList<NoticePreference> Topics { get; init; }
}
