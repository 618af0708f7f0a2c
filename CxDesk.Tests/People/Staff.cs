using CxDesk.Data.Admin;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.People;

/// <summary>A company as admins build it: region north with team phone, region east with team mail, and whoever a test adds.</summary>
public sealed class Staff : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2026, 9, 14);

    private Staff(TestDatabase database)
    {
        Database = database;
        People = new PeopleWriter(database.Db);
        Places = new PlaceWriter(database.Db);
        Passwords = new PasswordWriter(database.Db, Hash);
        SignIn = new SignInWriter(database.Db, Hash, database.Time);
        Viewers = new ViewerQuery(database.Db, database.Company);
        Keys = new ApiKeyWriter(database.Db);
        Units = new UnitWriter(database.Db, database.Company);
    }

    public TestDatabase Database { get; }
    public PlainHash Hash { get; } = new();
    public PeopleWriter People { get; }
    public PlaceWriter Places { get; }
    public PasswordWriter Passwords { get; }
    public SignInWriter SignIn { get; }
    public ViewerQuery Viewers { get; }
    public ApiKeyWriter Keys { get; }
    public UnitWriter Units { get; }
    public int North { get; private set; }
    public int Phone { get; private set; }
    public int East { get; private set; }
    public int Mail { get; private set; }

    public static async Task<Staff> Create(DatabaseProvider engine = DatabaseProvider.Sqlite)
    {
        var staff = new Staff(await TestDatabase.Create(engine));
        staff.North = await staff.Units.Add(Viewer.System, new NewUnit { Kind = UnitKind.Region, Code = "north", Name = "North", ParentId = 1, TimeZone = "Europe/Paris" });
        staff.East = await staff.Units.Add(Viewer.System, new NewUnit { Kind = UnitKind.Region, Code = "east", Name = "East", ParentId = 1 });
        staff.Phone = await staff.Units.Add(Viewer.System, new NewUnit { Kind = UnitKind.Team, Code = "phone", Name = "Phone", ParentId = staff.North });
        staff.Mail = await staff.Units.Add(Viewer.System, new NewUnit { Kind = UnitKind.Team, Code = "mail", Name = "Mail", ParentId = staff.East });
        return staff;
    }

    public Task<int> Add(string userName, Role role, string? agentCode = null) =>
        People.Create(Viewer.System, new NewPerson { Name = userName.ToUpperInvariant(), UserName = userName, Role = role, AgentCode = agentCode });

    public async Task<Viewer?> ViewerOf(int id) => (await Viewers.FindPerson(id))?.Viewer;

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
