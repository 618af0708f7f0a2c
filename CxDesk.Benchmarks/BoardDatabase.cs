using System.Diagnostics;
using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// A database with a board of any size: 4 regions of 25 teams with 10 agents each, 20 products; deadlines from 45 days ago
/// to 10 days ahead, comments in English and Chinese whose words are as unevenly common as real ones. Written in bulk,
/// indexes last; kept in the temporary folder, and taken again by whoever asks for the same size and schema.
/// </summary>
internal sealed class BoardDatabase
{
    public const int Regions = 4, TeamsPerRegion = 25, AgentsPerTeam = 10, Products = 20;
    private const int Seed = 7;

    /// <summary>Words from the commonest to the rarest: half as often each time.</summary>
    public static readonly IReadOnlyList<string> Words = [.. Enumerable.Range(0, 24).Select(i => $"{(char)('a' + i)}word{i}")];

    public static readonly DateTimeOffset Now = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Phrases = ["等了四十分钟没人接", "退款一直没有到账", "客服态度很好但问题没有解决", "路由器又断了", "师傅没有按时上门"];

    public static int RegionId(int region) => 2 + region;
    public static int TeamId(int team) => 100 + team;
    public static int AgentId(int agent) => 1_000 + agent;
    public const int ManagerId = 10, SupervisorId = 20, AdminId = 1;

    public static Viewer Admin => new() { PersonId = AdminId, Name = "Admin", Role = Role.Admin, Reach = Reach.All };
    public static Viewer Manager => new() { PersonId = ManagerId, Name = "Manager", Role = Role.Manager, Reach = Reach.Units, RegionIds = [RegionId(0)] };
    public static Viewer Supervisor => new() { PersonId = SupervisorId, Name = "Supervisor", Role = Role.Supervisor, Reach = Reach.Units, TeamIds = [TeamId(0)] };
    public static Viewer Agent => new() { PersonId = AgentId(0), Name = "Agent", Role = Role.Agent, Reach = Reach.Own, TeamIds = [TeamId(0)] };

    /// <summary>The same company with so many answers more, counted as intake counts them: a file of its own beside it, built if it is not there.</summary>
    /// <param name="tables">Those that are filled. Their indexes are made last.</param>
    public static async Task<DatabaseOptions> With(string name, int answers, string[] tables, Action<SqliteConnection> fill)
    {
        var company = await Of(open: 2_000, closed: 100_000);
        SqliteConnection.ClearAllPools();
        var from = new SqliteConnectionStringBuilder(company.ConnectionString).DataSource;
        var file = from[..^3] + $"-{name}-{answers}.db";
        if (!File.Exists(file))
        {
            var begin = Stopwatch.GetTimestamp();
            File.Copy(from, file + ".part", overwrite: true);
            var part = new DatabaseOptions { ConnectionString = $"Data Source={file}.part;Pooling=False" };
            await new Migrator(part, new Standing(Now)).Up();
            using var connection = new SqliteConnection(part.ConnectionString);
            connection.Open();
            connection.Do("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;");
            var indexes = connection.Rows($"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({string.Join(", ", tables.Select(table => $"'{table}'"))}) AND sql IS NOT NULL");
            connection.Do("BEGIN");
            foreach (var index in indexes) connection.Do($"DROP INDEX {index[0]}");
            fill(connection);
            foreach (var index in indexes) connection.Do((string)index[1]);
            connection.Do("COMMIT; PRAGMA journal_mode = WAL;");
            connection.Close();
            using (var db = new Db(part, new Standing(Now), new ChangeSignal())) Report.Rate("rollups: a rebuild of all of them", answers, await Rebuilt(db), "answers");
            connection.Open();
            connection.Do("PRAGMA wal_checkpoint(TRUNCATE);");
            connection.Close();
            File.Move(file + ".part", file);
            Console.WriteLine($"built {answers:N0} answers in {Stopwatch.GetElapsedTime(begin).TotalSeconds:N0} s, {new FileInfo(file).Length / 1_000_000:N0} MB: {file}");
        }
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file}" };
        await new Migrator(options, new Standing(Now)).Up();
        return options;
    }

    /// <summary>Counts all rollups anew.</summary>
    public static async Task<TimeSpan> Rebuilt(Db db)
    {
        var begin = Stopwatch.GetTimestamp();
        await RollupRebuild.Run(db);
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>The database of so many open and closed cases, built if it is not there.</summary>
    public static async Task<DatabaseOptions> Of(int open, int closed)
    {
        // Other scripts add to it what the board does not read.
        var stamp = Migrator.Scripts(DatabaseProvider.Sqlite).Where(s => s.Number is 1 or 6).SelectMany(s => s.Text).Aggregate(17, (hash, c) => unchecked(hash * 31 + c));
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "cxdesk-board")).FullName,
            string.Create(CultureInfo.InvariantCulture, $"{open}-{closed}-{Seed}-{stamp:x8}.db"));
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file}" };
        if (File.Exists(file))
        {
            await new Migrator(options, new Standing(Now)).Up();
            return options;
        }
        var from = Stopwatch.GetTimestamp();
        var part = new DatabaseOptions { ConnectionString = $"Data Source={file}.part;Pooling=False" };
        File.Delete(file + ".part");
        await new Migrator(part, new Standing(Now)).Up();
        using (var connection = new SqliteConnection(part.ConnectionString))
        {
            connection.Open();
            Fill(connection, open, closed);
        }
        File.Move(file + ".part", file);
        Console.WriteLine($"built {open:N0} open and {closed:N0} closed cases in {Stopwatch.GetElapsedTime(from).TotalSeconds:N0} s, {new FileInfo(file).Length / 1_000_000:N0} MB: {file}");
        return options;
    }

    private static void Fill(SqliteConnection connection, int open, int closed)
    {
        connection.Do("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;");
        var indexes = connection.Rows("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Cases', 'Answers', 'CaseAnswers', 'Customers') AND sql IS NOT NULL").Select(row => (string)row[0]);
        foreach (var name in connection.Rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Cases', 'Answers', 'CaseAnswers', 'Customers') AND sql IS NOT NULL").Select(row => (string)row[0]))
            connection.Do($"DROP INDEX {name}");
        connection.Do("BEGIN");
        Company(connection);
        Cases(connection, open, closed);
        connection.Do($"INSERT INTO CaseWatchers (CaseId, PersonId) SELECT Id, {ManagerId} FROM Cases WHERE Status < 4 AND Id % {Math.Max(1, open / 500)} = 0");
        connection.Do($"INSERT INTO CaseWatchers (CaseId, PersonId) SELECT Id, {AgentId(0)} FROM Cases WHERE Status < 4 AND Id % {Math.Max(1, open / 20)} = 1");
        var script = Migrator.Scripts(DatabaseProvider.Sqlite).Single(s => s.Name.StartsWith("0006", StringComparison.Ordinal)).Text;
        var tallies = script[script.IndexOf("INSERT INTO CaseTallies", StringComparison.Ordinal)..];
        connection.Do(tallies[..(tallies.IndexOf(';') + 1)]);
        connection.Do("COMMIT");
        foreach (var index in indexes) connection.Do(index);
        connection.Do("PRAGMA journal_mode = WAL;");
    }

    private static void Company(SqliteConnection connection)
    {
        for (var region = 0; region < Regions; region++)
            connection.Do($"INSERT INTO Units (Id, ParentId, Kind, Code, Name, TimeZone) VALUES ({RegionId(region)}, 1, 2, 'region-{region}', 'Region {region}', 'Europe/Paris')");
        for (var team = 0; team < Regions * TeamsPerRegion; team++)
            connection.Do($"INSERT INTO Units (Id, ParentId, Kind, Code, Name) VALUES ({TeamId(team)}, {RegionId(team / TeamsPerRegion)}, 3, 'team-{team}', 'Team {team}')");
        connection.Do($"INSERT INTO People (Id, Name, UserName, Role) VALUES ({AdminId}, 'Admin', 'admin', 5), ({ManagerId}, 'Manager', 'manager', 3), ({SupervisorId}, 'Supervisor', 'supervisor', 2)");
        for (var agent = 0; agent < Regions * TeamsPerRegion * AgentsPerTeam; agent++)
            connection.Do($"INSERT INTO People (Id, Name, AgentCode, UserName, Role) VALUES ({AgentId(agent)}, 'Agent {agent}', 'a{agent}', 'agent-{agent}', 1)");
        for (var product = 0; product < Products; product++) connection.Do($"INSERT INTO Products (Id, Code, Name) VALUES ({1 + product}, 'product-{product}', 'Product {product}')");
        connection.Do("INSERT INTO Channels (Id, Code, Name) VALUES (1, 'phone', 'Phone'); INSERT INTO Sources (Id, Code, Name) VALUES (1, 'survey', 'Survey');");
    }

    private static void Cases(SqliteConnection connection, int open, int closed)
    {
        using var customer = Command(connection, "INSERT INTO Customers (Id, Code, Name, Value12m, AsOf) VALUES ($id, $code, $name, $value, '2026-09-01 00:00:00.000')", "id", "code", "name", "value");
        using var answer = Command(connection, """
            INSERT INTO Answers (Id, SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, CustomerId, Csat, IsLow, Comment)
            VALUES ($id, 1, $externalId, $at, $at, $day, $region, $team, $agent, $product, 1, $customer, $csat, 1, $comment)
            """, "id", "externalId", "at", "day", "region", "team", "agent", "product", "customer", "csat", "comment");
        using var item = Command(connection, """
            INSERT INTO Cases (Id, Status, Severity, OpenedAt, ClockFrom, TargetMinutes, DueAt, OwnerId, RegionId, TeamId, AgentId, ProductId, CustomerId, AnswerId,
                Value12m, RuleVersion, RuleInputs, ResolvedAt, ResolvedInTime, ElapsedMinutes, ClosedAt, UpdatedAt)
            VALUES ($id, $status, $severity, $opened, $opened, 960, $due, $owner, $region, $team, $agent, $product, $customer, $id,
                $value, 1, '{"decidedBy":"csat","csat":1,"scoreSeverity":"high","tierA":false}', $resolved, $inTime, $elapsed, $closed, $updated)
            """, "id", "status", "severity", "opened", "due", "owner", "region", "team", "agent", "product", "customer", "value", "resolved", "inTime", "elapsed", "closed", "updated");
        using var link = Command(connection, "INSERT INTO CaseAnswers (AnswerId, CaseId) VALUES ($id, $id)", "id");
        using var text = Command(connection, "INSERT INTO CaseWords (rowid, Words) VALUES ($id, $words)", "id", "words");
        var random = new Random(Seed);
        for (var i = 0; i < closed + open; i++)
        {
            long id = 1_001 + i;
            var isOpen = i >= closed;
            var agent = random.Next(Regions * TeamsPerRegion * AgentsPerTeam);
            var team = agent / AgentsPerTeam;
            var (region, product) = (RegionId(team / TeamsPerRegion), 1 + random.Next(Products));
            var status = !isOpen ? i > closed - 50_000 ? 4 : 5 : random.Next(100) switch { < 55 => 1, < 90 => 2, _ => 3 };
            var due = isOpen ? Now.AddMinutes(random.Next(-45 * 1440, 10 * 1440)) : Now.AddDays(-380 + 379.0 * i / closed);
            var opened = isOpen ? due.AddMinutes(-random.Next(300, 6_000)) : due.AddHours(-30);
            DateTimeOffset? resolved = isOpen ? null : due.AddHours(-random.Next(24));
            var value = random.Next(20_000);
            var words = new SortedSet<string>(StringComparer.Ordinal) { id.ToString(CultureInfo.InvariantCulture) };
            long? customerId = random.Next(3) > 0 ? id : null;
            if (customerId is not null)
            {
                var (code, name) = ($"K{id}", $"Customer {random.Next(5_000)} 王{(char)('一' + random.Next(3_000))}");
                Set(customer, id, code, name, value);
                SearchWords.Add(code, words);
                SearchWords.Add(name, words);
            }
            var comment = Comment(random);
            SearchWords.Add(comment, words);
            Set(answer, id, $"x{id:D9}", Time.Text(opened), Time.Text(DateOnly.FromDateTime(opened.UtcDateTime)), region, TeamId(team), AgentId(agent), product, customerId, random.Next(1, 3), comment);
            Set(item, id, status, random.Next(100) switch { < 5 => 1, < 20 => 2, < 60 => 3, _ => 4 }, Time.Text(opened), Time.Text(due), status == 1 ? null : AgentId(agent),
                region, TeamId(team), AgentId(agent), product, customerId, value, resolved is { } at ? Time.Text(at) : null, isOpen ? null : 1, isOpen ? null : 300,
                status == 5 ? Time.Text(due.AddDays(6)) : null, Time.Text(resolved ?? opened));
            Set(link, id);
            Set(text, id, string.Join(' ', words));
        }
    }

    private static string Comment(Random random)
    {
        var words = Enumerable.Range(0, 8).Select(_ => Words[Math.Min(Words.Count - 1, 1 + (int)-Math.Log2(1 - random.NextDouble()))]);
        return random.Next(3) == 0 ? Phrases[random.Next(Phrases.Length)] + "，" + (char)('一' + random.Next(3_000)) + (char)('一' + random.Next(3_000)) : string.Join(' ', words);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params string[] names)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + name });
        return command;
    }

    private static void Set(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}

/// <summary>A clock that stands.</summary>
internal sealed class Standing(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
