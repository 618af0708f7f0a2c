using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Digests;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Cases;
using CxDesk.Web.Deliveries;
using CxDesk.Web.Digests;
using CxDesk.Web.Notices;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CxDesk.Tests.Deliveries;

/// <summary>The company of the case tests, whose people have addresses, with a mail server and a room that really answer.</summary>
public sealed class DeliveryFloor : IAsyncDisposable
{
    private static readonly Statement Admit = new("UPDATE People SET SecurityStamp = 'stamp', Email = CONCAT(UserName, '@example.com') WHERE UserName IS NOT NULL");
    private static readonly Statement Rows = new("SELECT Id, Channel, Status, Attempts, NextAt, Reason, LastError, SentTo, DedupKey FROM Deliveries ORDER BY Id");

    private DeliveryFloor(CaseFloor cases, HookServer room) => (Cases, Room) = (cases, room);

    public CaseFloor Cases { get; }
    public HookServer Room { get; }
    public MailServer Mail { get; } = new();
    public Db Db => Cases.Database.Db;
    public DeliveriesOptions Options { get; } = new() { BaseUrl = "https://cx.example.com", TimeoutSeconds = 20, MostAttempts = 3 };
    public MailOptions MailSettings { get; } = new() { Host = "127.0.0.1", Tls = false, From = "CxDesk <cxdesk@example.com>" };
    public DeliverySender Sender { get; private set; } = null!;
    public DeliveryQueue Queue { get; private set; } = null!;

    public static async Task<DeliveryFloor> Create(DatabaseProvider engine = DatabaseProvider.Sqlite)
    {
        var floor = new DeliveryFloor(await CaseFloor.Create(engine), await HookServer.Start());
        await floor.Db.Write(s => s.Execute(Admit));
        floor.MailSettings.Port = floor.Mail.Port;
        floor.Queue = new DeliveryQueue(floor.Db);
        floor.Sender = floor.SenderOn(floor.Db);
        return floor;
    }

    /// <summary>A sender as another node has one.</summary>
    public DeliverySender SenderOn(Db db)
    {
        var database = Cases.Database;
        var mail = MailSettings;
        var gate = new DeliveryGate(db, database.Company, new ViewerQuery(db, database.Company), new RegionCalendars(database.Company, database.Signal), new PolicyBook(database.Signal), Options, mail);
        var words = new DeliveryWords(new NoticeWords(Text<NoticesText>()), new TimeWords(Text<ShellText>()), Text<DeliveriesText>(), Text<ShellText>(), Options, database.Company);
        return new DeliverySender(new DeliveryQueue(db), gate, words, Letters(db), new MailCarrier(mail, Options), new WebhookCarrier(Options), Options, db, NullLogger<DeliverySender>.Instance);
    }

    public DigestLetters Letters(Db db) => new(
        new DigestQuery(db, new ScorecardQuery(new ScorecardsOptions(), Cases.Database.Company), Cases.Board, Cases.Calendars, Cases.Database.Company),
        new DigestWords(new IndicatorWords(Text<ShellText>()), new TimeWords(Text<ShellText>()), Text<DigestsText>(), Text<ScorecardsText>(), Text<ShellText>(), Options),
        new ViewerQuery(db, Cases.Database.Company));

    public Task<int> AddWebhook(WebhookShape shape = WebhookShape.Json, string? secret = null, int unitId = 1, int? topics = null, string language = "en", string? address = null) =>
        new WebhookWriter(Db).Add(Viewer.System, new EditWebhook
        {
            Name = $"{shape} {Guid.NewGuid():N}", Address = address ?? Room.Address, Shape = shape, Secret = secret, UnitId = unitId, Language = language, Topics = topics ?? NoticeTopics.Every,
        });

    public Task Tell(int personId, long? caseId, NoticeEvent what = NoticeEvent.CaseAssigned, string? key = null, NoticeDetail? detail = null) =>
        Db.Write(s => NoticeWriter.Tell(s, personId, what, key ?? $"{what}/{caseId}/{personId}", caseId, detail ?? new NoticeDetail { By = "Max" }));

    public Task<IReadOnlyList<Row>> Read() => Db.Read(s => s.Query<Row>(Rows));

    public async Task<Row> One() => Assert.Single(await Read());

    public void Pass(TimeSpan time) => Cases.Database.Time.Now += time;

    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        await Mail.DisposeAsync();
        await Cases.DisposeAsync();
    }

    public static StringLocalizer<T> Text<T>() => new(new ResourceManagerStringLocalizerFactory(Microsoft.Extensions.Options.Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    public sealed record Row
    {
        public required long Id { get; init; }
        public required DeliveryChannel Channel { get; init; }
        public required DeliveryStatus Status { get; init; }
        public required int Attempts { get; init; }
        public required DateTimeOffset NextAt { get; init; }
        public required string? Reason { get; init; }
        public required string? LastError { get; init; }
        public required string? SentTo { get; init; }
        public required string DedupKey { get; init; }
    }
}
