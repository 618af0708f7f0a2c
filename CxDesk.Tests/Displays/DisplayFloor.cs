using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Displays;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using CxDesk.Tests.People;

namespace CxDesk.Tests.Displays;

/// <summary>A company with an admin, a supervisor who has a wall of her own, and another supervisor.</summary>
public sealed class DisplayFloor : IAsyncDisposable
{
    /// <summary>The wall that every company has.</summary>
    public const int Main = 1;

    private static readonly Statement AddWall = new(d => $"""
        INSERT INTO Walls (Code, Name, OwnerId, CreatedAt, UpdatedAt) {d.Output("Id")} VALUES (@code, @code, @ownerId, @at, @at) {d.Returning("Id")}
        """);

    private static readonly Statement DropWall = new("UPDATE Walls SET DeletedAt = @at WHERE Id = @id");
    private static readonly Statement AuditOf = new("SELECT Event FROM AuditLog WHERE Entity = 'display' ORDER BY Id");

    private readonly Staff _staff;

    private DisplayFloor(Staff staff)
    {
        _staff = staff;
        Writer = new DisplayWriter(staff.Database.Db);
        Query = new DisplaysQuery(staff.Database.Db);
    }

    public TestDatabase Database => _staff.Database;
    public DisplayWriter Writer { get; }
    public DisplaysQuery Query { get; }
    public Viewer Admin { get; private set; } = null!;
    public Viewer Sue { get; private set; } = null!;
    public Viewer Tom { get; private set; } = null!;

    /// <summary>Sue's.</summary>
    public int SuesWall { get; private set; }

    public static async Task<DisplayFloor> Create(DatabaseProvider engine)
    {
        var staff = await Staff.Create(engine);
        var floor = new DisplayFloor(staff);
        floor.Admin = (await staff.ViewerOf(await staff.Add("ada", Role.Admin)))!;
        floor.Sue = (await staff.ViewerOf(await staff.Add("sue", Role.Supervisor)))!;
        floor.Tom = (await staff.ViewerOf(await staff.Add("tom", Role.Supervisor)))!;
        floor.SuesWall = await floor.Wall("north", floor.Sue.PersonId);
        return floor;
    }

    public Task<int> Wall(string code, int? ownerId) => Database.Db.Write(s => s.Single<int>(AddWall, new { code, ownerId, at = s.Now }));

    public Task Drop(int wallId) => Database.Db.Write(s => s.Execute(DropWall, new { id = wallId, at = s.Now }));

    public Task<IReadOnlyList<string>> Audited() => Database.Db.Read(s => s.Query<string>(AuditOf));

    public SaveDisplay Lobby(int? wallId = null) => new() { Name = "Lobby", WallId = wallId ?? SuesWall, Language = "en" };

    public Task<KnownDisplay?> Find(string token) => Query.Find(Secret.Hash(token));

    public ValueTask DisposeAsync() => _staff.DisposeAsync();
}
