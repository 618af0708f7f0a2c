using System.Globalization;
using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>
/// The words by which cases are found: of the reference, the customer, every answer's comment and every note. They are kept
/// in the transaction that writes these; on SQLite in a full-text index that holds nothing but words, on SQL Server in a
/// table of words. Of a case with very many texts they are those that its page shows (<see cref="CaseQuery.MostAnswers"/>,
/// <see cref="CaseQuery.MostEvents"/>): the whole of it is read again with every text that comes.
/// </summary>
public sealed class CaseSearch : IGathered
{
    private const int AtOnce = 250;

    private static readonly Statement Texts = new(d => $"""
        SELECT c.Id AS {nameof(TextRow.CaseId)}, k.Name AS {nameof(TextRow.Body)}, k.Code AS {nameof(TextRow.Code)}
        FROM Cases c JOIN Customers k ON k.Id = c.CustomerId WHERE c.Id IN @ids
        UNION ALL
        SELECT c.Id, a.Comment, NULL FROM Cases c JOIN Answers a ON a.Id = c.AnswerId WHERE c.Id IN @ids AND a.Comment IS NOT NULL
        UNION ALL
        SELECT c.Id, a.Comment, NULL
        FROM Cases c
            JOIN CaseAnswers ca ON ca.CaseId = c.Id AND ca.AnswerId >= COALESCE((
                SELECT x.AnswerId FROM CaseAnswers x WHERE x.CaseId = c.Id ORDER BY x.AnswerId DESC {d.Page($"{CaseQuery.MostAnswers - 1}", "1")}), 0)
            JOIN Answers a ON a.Id = ca.AnswerId
        WHERE c.Id IN @ids AND a.Comment IS NOT NULL
        UNION ALL
        SELECT c.Id, e.Note, NULL
        FROM Cases c
            JOIN CaseEvents e ON e.CaseId = c.Id AND e.Id >= COALESCE((
                SELECT x.Id FROM CaseEvents x WHERE x.CaseId = c.Id ORDER BY x.Id DESC {d.Page($"{CaseQuery.MostEvents - 1}", "1")}), 0)
        WHERE c.Id IN @ids AND e.Note IS NOT NULL
        """);

    private static readonly Statement Forget = Statement.PerEngine(
        "DELETE FROM CaseWords WHERE rowid = @caseId AND @words IS NOT NULL",
        "DELETE FROM CaseWords WHERE CaseId = @caseId AND Word NOT IN (SELECT v.value COLLATE Latin1_General_BIN2 FROM STRING_SPLIT(@words, N' ') v)");

    private static readonly Statement Insert = Statement.PerEngine(
        "INSERT INTO CaseWords (rowid, Words) VALUES (@caseId, @words)",
        """
        INSERT INTO CaseWords (CaseId, Word)
        SELECT CAST(@caseId AS bigint), v.value FROM STRING_SPLIT(@words, N' ') v
        WHERE NOT EXISTS (SELECT 1 FROM CaseWords w WHERE w.CaseId = @caseId AND w.Word = v.value COLLATE Latin1_General_BIN2)
        """);

    private static readonly Statement Renamed = Statement.PerEngine(
        "SELECT Id FROM Customers WHERE IsRenamed = 1",
        // Those that another write has just renamed are that one's to follow, not to be waited for.
        "SELECT Id FROM Customers WITH (READPAST) WHERE IsRenamed = 1");

    private static readonly Statement OpenOf = new("SELECT Id FROM Cases WHERE CustomerId = @id AND Status < 4");
    private static readonly Statement Followed = new("UPDATE Customers SET IsRenamed = 0 WHERE Id = @id");

    // What is left of a rename: the customer, and below which case.
    private const string Rest = "caseSearchOf/";
    private static readonly Statement LeaveAgain = new("UPDATE Settings SET Setting = @below WHERE Name = @name");

    private static readonly Statement Leave = new("""
        INSERT INTO Settings (Name, Setting) SELECT CAST(@name AS nvarchar(100)), CAST(@below AS nvarchar(20)) WHERE EXISTS (SELECT 1 FROM Cases WHERE CustomerId = @id AND Status >= 4)
        """);

    private static readonly Statement Rests = new(d => $"SELECT Name, Setting AS Below FROM Settings WHERE Name LIKE 'caseSearchOf/%' ORDER BY Name {d.Limit("@most")}");

    // First of all, so that a rename that comes meanwhile waits, and then leaves its rest anew.
    private static readonly Statement TakeRests = new("UPDATE Settings SET Setting = Setting WHERE Name LIKE 'caseSearchOf/%'");
    private static readonly Statement OlderOf = new(d => $"SELECT Id FROM Cases WHERE CustomerId = @id AND Id < @below ORDER BY Id DESC {d.Limit("@most")}");
    private static readonly Statement Finished = new("DELETE FROM Settings WHERE Name = @name");

    private const string Below = "caseSearchBelow";
    private static readonly Statement FirstWithWords = new("SELECT Setting FROM Settings WHERE Name = @below");
    private static readonly Statement Older = new(d => $"SELECT Id FROM Cases WHERE Id < @id ORDER BY Id DESC {d.Limit("@most")}");
    private static readonly Statement Move = new("UPDATE Settings SET Setting = @first WHERE Name = @below");
    private static readonly Statement Done = new("DELETE FROM Settings WHERE Name = @below");

    private readonly SortedSet<long> _cases = [];

    /// <summary>Says that a case is new, or what it is found by has changed: another answer, a note.</summary>
    public static void Index(Session session, long caseId) => session.Gather<CaseSearch>()._cases.Add(caseId);

    /// <summary>
    /// Finds the cases of customers who were renamed by their new names: the open ones at once, those that have ended, which
    /// may be thousands, with <see cref="IndexRest"/>.
    /// </summary>
    public static async Task FollowRenames(Session session)
    {
        foreach (var id in await session.Query<long>(Renamed))
        {
            foreach (var caseId in await session.Query<long>(OpenOf, new { id })) Index(session, caseId);
            var rest = new { id, name = $"{Rest}{id}", below = Number(long.MaxValue) };
            if (await session.Execute(LeaveAgain, rest) == 0) await session.Execute(Leave, rest);
            await session.Execute(Followed, new { id });
        }
    }

    /// <summary>Gives cases from before there was a search their words, the newest first, in writes of their own. Goes on where it ended.</summary>
    /// <returns>How many got theirs.</returns>
    public static async Task<int> IndexOlder(Db db, CancellationToken cancel = default)
    {
        for (var done = 0; ;)
        {
            if (await db.Read(s => s.First<string>(FirstWithWords, new { below = Below }), cancel) is null) return done;
            done += await db.Write(async s =>
            {
                if (await s.First<string>(FirstWithWords, new { below = Below }) is not { } first) return 0;
                var ids = await s.Query<long>(Older, new { id = long.Parse(first, CultureInfo.InvariantCulture), most = 2 * AtOnce });
                foreach (var id in ids) Index(s, id);
                if (ids.Count == 0) await s.Execute(Done, new { below = Below });
                else await s.Execute(Move, new { below = Below, first = ids[^1].ToString(CultureInfo.InvariantCulture) });
                return ids.Count;
            }, cancel);
        }
    }

    /// <summary>Gives the ended cases of customers who were renamed their new words, in writes of their own. Goes on where it ended.</summary>
    /// <returns>How many got theirs.</returns>
    public static async Task<int> IndexRest(Db db, CancellationToken cancel = default)
    {
        for (var done = 0; ;)
        {
            if ((await db.Read(s => s.Query<RestRow>(Rests, new { most = 1 }), cancel)).Count == 0) return done;
            done += await db.Write(async s =>
            {
                await s.Execute(TakeRests);
                var indexed = 0;
                foreach (var rest in await s.Query<RestRow>(Rests, new { most = AtOnce }))
                {
                    var most = 2 * AtOnce - indexed;
                    if (most == 0) break;
                    var ids = await s.Query<long>(OlderOf, new { id = Number(rest.Name[Rest.Length..]), below = Number(rest.Below), most });
                    foreach (var id in ids) Index(s, id);
                    if (ids.Count < most) await s.Execute(Finished, new { name = rest.Name });
                    else await s.Execute(LeaveAgain, new { name = rest.Name, below = Number(ids[^1]) });
                    indexed += ids.Count;
                }
                return indexed;
            }, cancel);
        }
    }

    async Task IGathered.Store(Session session)
    {
        var (forget, insert) = (session.Prepare(Forget, "caseId", "words"), session.Prepare(Insert, "caseId", "words"));
        foreach (var (caseId, words) in await Words(session, _cases))
        {
            var stored = string.Join(' ', words);
            forget.Set(caseId, stored).Execute();
            insert.Set(caseId, stored).Execute();
        }
    }

    /// <summary>The words of cases as they are now.</summary>
    internal static async Task<IReadOnlyDictionary<long, SortedSet<string>>> Words(Session session, IEnumerable<long> cases)
    {
        var words = cases.ToDictionary(id => id, id => new SortedSet<string>(StringComparer.Ordinal) { id.ToString(CultureInfo.InvariantCulture) });
        foreach (var ids in words.Keys.Chunk(AtOnce))
            foreach (var text in await session.Query<TextRow>(Texts, new { ids }))
            {
                SearchWords.Add(text.Body, words[text.CaseId]);
                SearchWords.Add(text.Code, words[text.CaseId]);
            }
        return words;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record RestRow
    {
        public required string Name { get; init; }
        public required string Below { get; init; }
    }

    private sealed record TextRow
    {
        public required long CaseId { get; init; }
        public required string? Body { get; init; }
        public required string? Code { get; init; }
    }
}
