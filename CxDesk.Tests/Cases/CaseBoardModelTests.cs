using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

/// <summary>
/// The board against a model: all cases, filtered, ordered, cut and counted in C#. Whoever looks, through whatever filter,
/// by whichever order, pages and counts are the model's.
/// </summary>
public sealed class CaseBoardModelTests
{
    private static readonly Statement Watch = new("INSERT INTO CaseWatchers (CaseId, PersonId) VALUES (@caseId, @personId)");
    private static readonly string[] Words = ["等了四十分钟", "退款", "no call back", "Refund", "路由器 broken", "ÉTÉ", "call centre", "四十"];

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Pages_and_counts_are_those_of_the_model(DatabaseProvider engine)
    {
        for (var seed = 1; seed <= (engine == DatabaseProvider.Sqlite ? 3 : 1); seed++)
        {
            await using var floor = await CaseFloor.Create(engine);
            var random = new Random(seed);
            var model = await Fill(floor, random);
            // Words that more than a few have are looked for along the order.
            var walking = new CaseBoardQuery(floor.Database.Db, floor.Database.Company, floor.Calendars) { FewHits = 2 };
            await Live(floor, model);
            for (var round = 0; round < 60; round++)
            {
                var (viewer, filter) = (Viewers[random.Next(Viewers.Length)], Filter(random));
                var sort = (CaseSort)random.Next(3);
                if (viewer.PersonId is null && filter.Owner == CaseBoardFilter.Me) continue;
                var expected = model.Where(one => one.IsSeen(viewer) && one.Matches(filter, viewer, floor.Database.Time.Now)).ToList();
                var said = $"seed {seed}: {viewer.Name}, {filter}, {string.Join(',', filter.Statuses)}/{string.Join(',', filter.Severities)}, {sort}";
                var ordered = Ordered(expected.Where(one => filter.Statuses.Count == 0 || filter.Statuses.Contains(one.Row.Status)), sort);
                foreach (var board in (CaseBoardQuery[])[floor.Board, walking])
                {
                    var paged = new List<long>();
                    CaseCursor? after = null;
                    do
                    {
                        var page = await board.ReadRows(viewer, filter, sort, 5, after);
                        paged.AddRange(page.Rows.Select(row => row.Id));
                        after = page.Next;
                    }
                    while (after is not null);
                    Assert.True(ordered.SequenceEqual(paged), $"{said}: {string.Join(' ', ordered)} is not {string.Join(' ', paged)}");
                }
                var counts = (await floor.Board.Read(viewer, filter, sort, 1)).Counts;
                Assert.Empty(counts.AtLeast);
                Assert.True((Count(CaseStatus.New), Count(CaseStatus.InProgress), Count(CaseStatus.Waiting), Count(CaseStatus.Resolved) + Count(CaseStatus.Closed),
                    expected.Count(one => one.Row.IsOverdue(floor.Database.Time.Now))) == (counts.New, counts.InProgress, counts.Waiting, counts.ResolvedToday, counts.Overdue), $"{said}: {counts}");

                int Count(CaseStatus status) => expected.Count(one => one.Row.Status == status && (status.IsOpen() || one.Row.ResolvedAt >= Today(floor)));
            }
        }
    }

    private static readonly Viewer[] Viewers =
    [
        Viewer.System, .. from person in (int[])[CaseFloor.Agent, CaseFloor.Supervisor, CaseFloor.Manager, CaseFloor.Stranger] select CaseFloor.ViewerOf(person),
        new Viewer { PersonId = CaseFloor.Colleague, Name = "both", Role = Role.Manager, Reach = Reach.Units, RegionIds = [CaseFloor.Region], TeamIds = [CaseFloor.Team, CaseFloor.OtherTeam] },
        new Viewer { Name = "key", Role = Role.Manager, Reach = Reach.Units, RegionIds = [CaseFloor.OtherRegion] },
        new Viewer { Name = "wall", Role = Role.Wall, Reach = Reach.None },
    ];

    // The live board counts the same cases its own way.
    private static async Task Live(CaseFloor floor, List<One> model)
    {
        var now = floor.Database.Time.Now;
        var soon = BusinessCalendar.Standard(floor.Database.Company.Zone.Id).Deadline(now, TimeSpan.FromHours(1));
        foreach (var viewer in Viewers.Where(viewer => viewer.Reach != Reach.None))
        {
            var open = model.Where(one => one.IsSeen(viewer) && one.Row.Status.IsOpen()).Select(one => one.Row).ToList();
            var live = (await new LiveQuery(floor.Database.Db, floor.Database.Company, new ScorecardsOptions()).Read(LiveFilter.Default, viewer)).Cases;
            Assert.Equal((open.Count, open.Count(row => row.IsOverdue(now)), open.Count(row => row.Severity == CaseSeverity.Critical)), (live.Open, live.Overdue, live.Critical));
            Assert.Equal(open.Count(row => row.Status.IsTimed() && row.DueAt >= now && row.DueAt <= soon), live.DueSoon);
            Assert.Equal((open.Min(row => (DateTimeOffset?)row.OpenedAt), open.Max(row => (DateTimeOffset?)row.UpdatedAt)), (live.OldestAt, live.NewestAt));
            Assert.Equal(Urgent(open, now), live.Urgent.Select(row => row.CaseId));
        }
    }

    // The three that press most; where all of them are taken, the last gives way to one that nobody has and that must not wait.
    private static IEnumerable<long> Urgent(IReadOnlyList<CaseRow> open, DateTimeOffset now)
    {
        bool Calls(CaseRow row) => row.OwnerId is null && (row.IsOverdue(now) || row.Severity == CaseSeverity.Critical);
        var pressing = open.OrderBy(row => !row.IsOverdue(now)).ThenBy(row => row.Severity).ThenBy(row => row.DueAt).ThenByDescending(row => row.Value12m).ThenBy(row => row.Id).ToList();
        var three = pressing.Take(3).ToList();
        if (three.Count == 3 && !three.Any(Calls) && pressing.Find(Calls) is { } free) three[2] = free;
        return three.Select(row => row.Id);
    }

    private sealed record One(CaseRow Row, int TeamId, IReadOnlyList<int> Watchers, IReadOnlyCollection<string> Words)
    {
        public bool IsSeen(Viewer viewer) => viewer.Reach switch
        {
            Reach.All => true,
            Reach.None => false,
            Reach.Units => viewer.RegionIds.Contains(Row.RegionId) || viewer.TeamIds.Contains(TeamId) || IsOf(viewer),
            Reach.Own => IsOf(viewer) || Row.OwnerId is null && viewer.TeamIds.Contains(TeamId),
        };

        private bool IsOf(Viewer viewer) => viewer.PersonId is { } person && (Row.OwnerId == person || Watchers.Contains(person));

        public bool Matches(CaseBoardFilter filter, Viewer viewer, DateTimeOffset now) =>
            (filter.Severities.Count == 0 || filter.Severities.Contains(Row.Severity))
            && (filter.Unit is null || filter.Unit is "company" || filter.Unit == Row.RegionCode || filter.Unit == Row.TeamCode)
            && (filter.Product is null || filter.Product == Row.ProductCode)
            && (filter.Overdue is null || filter.Overdue == Row.IsOverdue(now))
            && filter.Owner switch
            {
                null => true,
                CaseBoardFilter.None => Row.OwnerId is null,
                CaseBoardFilter.Me => Row.OwnerId == viewer.PersonId,
                var name => Row.OwnerUserName == name,
            }
            && (filter.Text is not { } text || SearchWords.Terms(text) is var terms && !terms.IsNothing && (terms.CaseId ?? Row.Id) == Row.Id && SearchWords.Find(terms, Words));
    }

    private static async Task<List<One>> Fill(CaseFloor floor, Random random)
    {
        var ids = new SortedSet<long>();
        var watchers = new List<(long CaseId, int PersonId)>();
        for (var i = 0; i < 70; i++)
        {
            floor.Database.Time.Now += TimeSpan.FromMinutes(random.Next(240));
            var east = random.Next(3) == 0;
            var opened = await floor.Open(
                csat: random.Next(1, 3), customerId: random.Next(2) == 0 ? await floor.Customer($"k{i}", random.Next(3) * 100) : null, value: random.Next(3) * 100,
                regionId: east ? CaseFloor.OtherRegion : CaseFloor.Region, teamId: east ? CaseFloor.OtherTeam : random.Next(3) == 0 ? CaseFloor.NoTeam : CaseFloor.Team,
                productId: random.Next(1, 3), comment: random.Next(4) == 0 ? null : Words[random.Next(Words.Length)]);
            ids.Add(opened.CaseId);
            for (var step = random.Next(4); step > 0; step--)
            {
                floor.Database.Time.Now += TimeSpan.FromMinutes(1);
                await floor.Writer.Do(Viewer.System, Step(ids.ElementAt(random.Next(ids.Count)), random));
            }
            if (random.Next(4) == 0)
            {
                watchers.Add((opened.CaseId, random.Next(1, 6)));
                await floor.Database.Db.Write(s => s.Execute(Watch, new { caseId = opened.CaseId, personId = watchers[^1].PersonId }));
            }
        }
        var model = new List<One>();
        foreach (var id in ids)
        {
            var file = (await floor.Query.Read(Viewer.System, id))!;
            var words = new SortedSet<string>(StringComparer.Ordinal) { $"{id}" };
            string?[] texts = [file.Case.CustomerCode, file.Case.CustomerName, .. file.Answers.Select(a => a.Comment), .. file.Events.Select(e => e.Note)];
            foreach (var text in texts) SearchWords.Add(text, words);
            model.Add(new One(file.Case, file.Case.TeamCode switch { "phone" => CaseFloor.Team, "mail" => CaseFloor.OtherTeam, _ => CaseFloor.NoTeam },
                [.. watchers.Where(w => w.CaseId == id).Select(w => w.PersonId)], words));
        }
        return model;
    }

    private static CaseCommand Step(long id, Random random) => random.Next(8) switch
    {
        0 => new AssignCase { CaseId = id, OwnerId = CaseFloor.Agent },
        1 => new AssignCase { CaseId = id, OwnerId = CaseFloor.Supervisor },
        2 => new AssignCase { CaseId = id, OwnerId = CaseFloor.Stranger },
        3 => new WaitCase { CaseId = id, Reason = Words[random.Next(Words.Length)] },
        4 => new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached, Note = Words[random.Next(Words.Length)] },
        5 => new CloseCase { CaseId = id },
        6 => new EditCase { CaseId = id, Severity = (CaseSeverity)random.Next(1, 5) },
        _ => new NoteCase { CaseId = id, Text = Words[random.Next(Words.Length)] },
    };

    private static CaseBoardFilter Filter(Random random) => new()
    {
        Statuses = random.Next(2) == 0 ? [] : [.. Enum.GetValues<CaseStatus>().Where(_ => random.Next(2) == 0)],
        Severities = random.Next(3) > 0 ? [] : [.. Enum.GetValues<CaseSeverity>().Where(_ => random.Next(2) == 0)],
        Owner = random.Next(4) > 0 ? null : ((string[])[CaseBoardFilter.Me, CaseBoardFilter.None, "ann", "sue"])[random.Next(4)],
        Unit = random.Next(4) > 0 ? null : ((string[])["company", "north", "east", "phone", "mail"])[random.Next(5)],
        Product = random.Next(4) > 0 ? null : ((string[])["net", "tv"])[random.Next(2)],
        Overdue = random.Next(3) > 0 ? null : random.Next(2) == 0,
        Text = random.Next(3) > 0 ? null : ((string[])["四十", "等", "call", "ref", "été", "10", "C-1010", "customer k1", "退款 refund", "?!", "call ce", "分钟 四十"])[random.Next(12)],
    };

    private static IEnumerable<long> Ordered(IEnumerable<One> cases, CaseSort sort) => (sort switch
    {
        CaseSort.Urgency => cases.OrderBy(c => c.Row.Severity).ThenBy(c => c.Row.DueAt).ThenByDescending(c => c.Row.Value12m).ThenBy(c => c.Row.Id),
        CaseSort.Due => cases.OrderBy(c => c.Row.DueAt).ThenByDescending(c => c.Row.Value12m).ThenBy(c => c.Row.Id),
        _ => cases.OrderByDescending(c => c.Row.OpenedAt).ThenByDescending(c => c.Row.Id),
    }).Select(c => c.Row.Id).ToList();

    private static DateTimeOffset Today(CaseFloor floor) => floor.Database.Company.StartOf(floor.Database.Company.DayOf(floor.Database.Time.Now));
}
