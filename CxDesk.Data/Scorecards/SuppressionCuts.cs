using System.Runtime.InteropServices;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>What is counted together: a team in a region about a product, the key. 0 in it stands for all of them.</summary>
internal readonly record struct SuppressionPlace(int Region, int Team, int Key)
{
    public const int All = 0;

    public SuppressionPlace OfAllKeys => this with { Key = All };
}

/// <summary>
/// At the ends of which days the answers up to them may be told from those after, place by place: what somebody may not open
/// is shown of days between two such cuts, and of no others. So whatever windows are asked for and subtracted from each other,
/// what is left are the sums that were shown. A place is cut where at least the minimum was answered since its last cut, and
/// where its sums and its parts do not give away one that is not: of a sum that is cut there are none of its parts not cut, or
/// at least two, together no fewer than the minimum; and whatever is cut is known to <see cref="SuppressionAudit"/> first,
/// with all cuts before. Days come in their order, and no cut is ever taken back or made up for, so that what was shown stays
/// what it was. Where few are answered, weeks are kept whole rather than days, and the month rather than weeks.
/// </summary>
/// <remarks>
/// Sums over cuts: a figure of days is the sum up to its end less the sum up to its begin. Complementary suppression: Cox,
/// "Suppression methodology and statistical disclosure control", Journal of the American Statistical Association 75 (1980);
/// Willenborg and de Waal, "Elements of Statistical Disclosure Control" (2001), chapter 4.
/// </remarks>
internal sealed class SuppressionCuts
{
    /// <summary>Teams by products up to which all is solved together.</summary>
    public const int MostCells = 200;

    private readonly int _minimumN;
    private readonly SuppressionSize _size;
    private readonly DateOnly? _end;
    private readonly Dictionary<SuppressionPlace, Mark> _marks;
    private readonly Dictionary<SuppressionPlace, int> _numbers;
    private readonly Dictionary<SuppressionPlace, int> _unknowns;
    private readonly SuppressionAudit _audit;
    private readonly HashSet<SuppressionPlace> _open;
    private readonly Dictionary<int, int[]> _regions;

    // What is not shown at a cut, with how many answers there were up to it: until the next.
    private readonly List<(DateOnly Cut, Dictionary<SuppressionPlace, long> Withheld)> _cuts;
    private DateOnly _last;

    /// <param name="N">Answers so far.</param>
    /// <param name="ShownN">Up to the last cut that is shown.</param>
    /// <param name="Since">The cut of the first of those that came after it.</param>
    private readonly record struct Mark(long N, long ShownN, DateOnly Since)
    {
        public long Left => N - ShownN;
    }

    private sealed record Line(SuppressionPlace Total, List<SuppressionPlace> Parts);

    /// <param name="from">The first day.</param>
    /// <param name="end">The day after the last; null: all is one table, and days do not matter.</param>
    public SuppressionCuts(DateOnly from, DateOnly? end, int minimumN, SuppressionSize size = SuppressionSize.Whole)
    {
        (_last, _end, _minimumN, _size, _audit) = (from, end, minimumN, size, new SuppressionAudit(minimumN));
        (_marks, _numbers, _unknowns, _open, _regions, _cuts) = ([], [], [], [], [], []);
    }

    private SuppressionCuts(SuppressionCuts of)
    {
        (_last, _end, _minimumN, _size, _audit) = (of._last, of._end, of._minimumN, of._size, of._audit.Fork());
        (_marks, _numbers, _unknowns, _open, _regions, _cuts) = (new(of._marks), new(of._numbers), new(of._unknowns), [.. of._open], new(of._regions), [.. of._cuts]);
    }

    public SuppressionSize Size => _size;

    /// <summary>The same, to go on from by itself.</summary>
    public SuppressionCuts Fork() => new(this);

    /// <summary>The regions in which a team was answered about.</summary>
    public IEnumerable<int> RegionsOf(int team) => _regions.GetValueOrDefault(team, []);

    /// <summary>Whether a cut is shown of a place.</summary>
    public bool IsShown(SuppressionPlace place, DateOnly cut) => UpTo(place, cut) is null && !IsNever(place);

    /// <summary>Whether something is withheld of the answers between two cuts; nothing is where there are none.</summary>
    public bool IsWithheld(SuppressionPlace place, DateOnly from, DateOnly to) =>
        (UpTo(place, from), UpTo(place, to)) is not (null, null) and var (first, last) && first != last || IsNever(place);

    private bool IsNever(SuppressionPlace place) => place.Key != SuppressionPlace.All && _size != SuppressionSize.Whole && _marks.ContainsKey(place.OfAllKeys)
        && (_size == SuppressionSize.Units || (place.Region != SuppressionPlace.All && _marks.ContainsKey(new(SuppressionPlace.All, SuppressionPlace.All, place.Key))));

    // Null where it is shown.
    private long? UpTo(SuppressionPlace place, DateOnly cut)
    {
        for (var i = _cuts.Count - 1; i >= 0; i--)
            if (_cuts[i].Cut <= cut) return _cuts[i].Withheld.TryGetValue(place, out var n) ? n : null;
        return null;
    }

    /// <summary>One more day, later than all before.</summary>
    /// <param name="cells">What was answered that the viewer may not open; of margins also of units and of keys by themselves, 0 for what is not told.</param>
    public void Add(DateOnly day, IEnumerable<SuppressionCell> cells)
    {
        Wait(day);
        _last = day.AddDays(1);
        Cut(_last, Sums(cells));
    }

    /// <summary>One more day that is not over: no place that was answered about on it is cut at its end.</summary>
    public void Hold(DateOnly day, IEnumerable<SuppressionCell> cells)
    {
        Wait(day);
        _last = day.AddDays(1);
        Grow(_last, Sums(cells));
        Write(_last);
    }

    // Of every place what came to it.
    private Dictionary<SuppressionPlace, long> Sums(IEnumerable<SuppressionCell> cells)
    {
        var grown = new Dictionary<SuppressionPlace, long>();
        foreach (var ((region, team, key), n) in cells.Where(c => c.N > 0).Select(c => (new SuppressionPlace(c.RegionId, c.TeamId, c.ProductId), c.N)))
        {
            if (team != SuppressionPlace.All) Count(new(region, team, SuppressionPlace.All), n);
            if (key != SuppressionPlace.All && _size != SuppressionSize.Units) Count(new(SuppressionPlace.All, SuppressionPlace.All, key), n);
            if (_size != SuppressionSize.Whole) continue;
            Count(new(region, team, key), n);
            Count(new(region, SuppressionPlace.All, key), n);
        }
        foreach (var ((region, team, _), n) in grown.Where(g => g.Key.Team != SuppressionPlace.All && g.Key.Key == SuppressionPlace.All).ToList())
        {
            Count(new(region, SuppressionPlace.All, SuppressionPlace.All), n);
            Count(default, n);
            if (!_regions.TryGetValue(team, out var known)) _regions[team] = [region];
            else if (!known.Contains(region)) _regions[team] = [.. known, region];
        }
        return grown;

        void Count(SuppressionPlace place, long n) => CollectionsMarshal.GetValueRefOrAddDefault(grown, place, out _) += n;
    }

    /// <summary>Nothing came up to a cut, but weeks and months may have ended that are kept whole.</summary>
    public void Wait(DateOnly until)
    {
        for (; _end is not null && _last < until; )
        {
            _last = _last.AddDays(1);
            if (_last == _end || _last.DayOfWeek == DayOfWeek.Monday) Cut(_last, []);
        }
    }

    private void Cut(DateOnly cut, Dictionary<SuppressionPlace, long> grown)
    {
        Grow(cut, grown);
        if (_open.Count == 0)
        {
            _cuts.Add((cut, []));
            return;
        }
        var withheld = _open.Where(p => _marks[p].Left < _minimumN || !KeepsWhole(_marks[p], cut)).ToHashSet();
        var lines = Lines();
        Complete(lines.Where(l => l.Parts[0].Key == SuppressionPlace.All), withheld, mayTakeTotal: true);

        // Parts are cut where their place is, units first: what most people look at is judged before it is known what it is made of.
        Follow(withheld);
        Complete(lines.Where(l => l.Parts[0].Key != SuppressionPlace.All), withheld, mayTakeTotal: false);
        foreach (var team in Shown(withheld, p => p is { Team: not 0, Key: SuppressionPlace.All })) Show(team, withheld);
        Follow(withheld);
        foreach (var cell in Shown(withheld, IsCell))
            if (!_audit.Add([_unknowns[cell]])) withheld.Add(cell);
        foreach (var unit in Shown(withheld, p => p.Key == SuppressionPlace.All && !IsCell(p))) Show(unit, withheld);
        Follow(withheld);
        if (_size == SuppressionSize.Whole)
        {
            foreach (var sum in Shown(withheld, p => p is { Team: 0, Key: not SuppressionPlace.All })) Show(sum, withheld);
            // What can be worked out anyway is no secret: a team's only product, once the team is shown.
            var unknown = _open.Where(p => IsCell(p) && !_audit.IsKnown(_unknowns[p])).ToList();
            withheld.RemoveWhere(p => p.Key != SuppressionPlace.All && _marks[p].Left >= _minimumN && _audit.Knows(unknown.Where(u => Holds(p, u)).Select(u => _unknowns[u])));
        }
        foreach (var place in _open.Where(p => !withheld.Contains(p)).ToList())
        {
            _marks[place] = _marks[place] with { ShownN = _marks[place].N };
            _open.Remove(place);
        }
        Write(cut);
    }

    private void Write(DateOnly cut) => _cuts.Add((cut, _open.ToDictionary(p => p, p => _marks[p].N)));

    private void Grow(DateOnly cut, Dictionary<SuppressionPlace, long> grown)
    {
        foreach (var (place, n) in grown)
        {
            var mark = _marks.GetValueOrDefault(place);
            mark = _marks[place] = new Mark(mark.N + n, mark.ShownN, mark.Left > 0 ? mark.Since : cut);
            _open.Add(place);
            if (!IsCell(place)) continue;
            if (!_numbers.TryGetValue(place, out var number)) _numbers[place] = number = _numbers.Count;
            _unknowns[place] = _audit.Grow(number, mark.N);
        }
    }

    // The smallest that is told apart.
    private bool IsCell(SuppressionPlace place) => place.Team != 0 && (place.Key == SuppressionPlace.All) == (_size != SuppressionSize.Whole);

    // Whether, at its pace, enough would come after the cut and before the next week or month begins.
    private bool KeepsWhole(Mark mark, DateOnly cut)
    {
        if (_end is null || cut >= _end) return true;
        var days = cut.DayNumber - mark.Since.DayNumber + 1;
        bool IsEnough(DateOnly next, int times) => mark.Left * (next.DayNumber - cut.DayNumber) >= (long)times * _minimumN * days;
        if (!IsEnough(_end.Value, 2)) return false;
        return cut.DayOfWeek == DayOfWeek.Monday || IsEnough(cut.AddDays(7 - ((int)cut.DayOfWeek + 6) % 7), 1);
    }

    // Every sum of places that are not all known, and its parts that are not, the smallest first: in one order, so that it is the same one each time.
    private List<Line> Lines()
    {
        var lines = new Dictionary<(SuppressionPlace Total, int Of), Line>();
        void Add(SuppressionPlace total, int of, SuppressionPlace part)
        {
            if (!lines.TryGetValue((total, of), out var line)) lines[(total, of)] = line = new Line(total, []);
            line.Parts.Add(part);
        }
        foreach (var part in _open.OrderBy(p => _marks[p].Left).ThenBy(p => p.Region).ThenBy(p => p.Team).ThenBy(p => p.Key))
        {
            if (part.Key != SuppressionPlace.All) Add(part.OfAllKeys, 1, part);
            if (part.Team != 0) Add(part with { Team = 0 }, 2, part);
            else if (part.Region != 0) Add(part with { Region = 0 }, 3, part);
        }
        return [.. lines.Values];
    }

    private void Complete(IEnumerable<Line> lines, HashSet<SuppressionPlace> withheld, bool mayTakeTotal)
    {
        var all = lines.ToList();
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var line in all)
                while (IsGivenAway(line, withheld))
                {
                    // The total is what most people look at: it goes last.
                    if (line.Parts.Where(p => !withheld.Contains(p)).Select(p => (SuppressionPlace?)p).FirstOrDefault() is { } part) withheld.Add(part);
                    else if (_open.Contains(line.Total) && !withheld.Contains(line.Total) && (mayTakeTotal || line.Total.Key != SuppressionPlace.All)) withheld.Add(line.Total);
                    else break;
                    grew = true;
                }
        }
    }

    private bool IsGivenAway(Line line, HashSet<SuppressionPlace> withheld)
    {
        var (count, left) = (0, 0L);
        foreach (var part in line.Parts)
            if (withheld.Contains(part)) (count, left) = (count + 1, left + _marks[part].Left);
        return withheld.Contains(line.Total) ? count == 0 : count == 1 || (count > 0 && left < _minimumN);
    }

    private void Follow(HashSet<SuppressionPlace> withheld) => withheld.UnionWith(_open.Where(p => p.Key != SuppressionPlace.All && withheld.Contains(p.OfAllKeys)).ToList());

    private List<SuppressionPlace> Shown(HashSet<SuppressionPlace> withheld, Func<SuppressionPlace, bool> isMeant) =>
        [.. _open.Where(p => isMeant(p) && !withheld.Contains(p)).OrderByDescending(p => p.Team != 0).ThenByDescending(p => p.Region != 0).ThenByDescending(p => _marks[p].Left).ThenBy(p => p.Region).ThenBy(p => p.Team).ThenBy(p => p.Key)];

    private void Show(SuppressionPlace sum, HashSet<SuppressionPlace> withheld)
    {
        var parts = _open.Where(p => IsCell(p) && Holds(sum, p) && !_audit.IsKnown(_unknowns[p])).ToList();
        // Where each is going to be known, and is in no equation yet, there is nothing to be solved.
        if (parts.All(p => !withheld.Contains(p) && _audit.IsFree(_unknowns[p]))) return;
        if (!_audit.Add(parts.Select(p => _unknowns[p]))) withheld.Add(sum);
    }

    private static bool Holds(SuppressionPlace sum, SuppressionPlace cell) =>
        (sum.Region == SuppressionPlace.All || sum.Region == cell.Region) && (sum.Team == SuppressionPlace.All || sum.Team == cell.Team) && (sum.Key == SuppressionPlace.All || sum.Key == cell.Key);
}

/// <summary>What is told apart.</summary>
internal enum SuppressionSize
{
    /// <summary>Units, products, and what both cross in.</summary>
    Whole,

    /// <summary>
    /// Units, and products over all units; what both cross in is withheld, and products are judged among themselves. That leaves
    /// the difference between a unit and a product that hardly anybody else answers about.
    /// </summary>
    Margins,

    /// <summary>Units alone.</summary>
    Units,
}
