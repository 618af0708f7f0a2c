using static CxDesk.Data.Scorecards.SuppressionField;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// What somebody knows who was shown sums, and puts all of them together: a system of linear equations in which each unknown
/// is how much the answers of one place came to up to a moment. A sum is added only if, with it, no difference of sums rests
/// on fewer answers than the minimum. Not thread-safe; <see cref="Fork"/> costs as much as there is left unknown.
/// </summary>
/// <remarks>
/// Chin and Özsoyoğlu, "Auditing and inference control in statistical databases", IEEE Transactions on Software Engineering
/// 8 (1982): the equations are kept reduced, each solved for an unknown of its own. They are computed with modulo the prime
/// 2⁶¹ − 1: what can be solved with rationals can be so as well, unless the prime divides one of a few small determinants.
/// What is known besides is found by <see cref="SuppressionPrint"/>: whatever came to a place between two days that were told
/// apart, in few answers, by itself; any combination of two of these; the sum of three; of single answers the sum of four, among
/// the newest. And each equation is weighed.
/// </remarks>
internal sealed class SuppressionAudit
{
    /// <summary>Terms of all equations together, up to which another is looked at. Beyond it, it counts as giving something away.</summary>
    public const int MostTerms = 30_000;

    // Sets of four single answers are looked for among the newest so many.
    private const int MostSingle = 60;

    private readonly int _minimumN;
    private readonly Dictionary<int, (int Place, long N)> _unknowns;
    private readonly Dictionary<int, List<int>> _ofPlace;
    private readonly HashSet<int> _known;

    // By the unknown that a row is solved for: unknown + Σ coefficient · other = known.
    private readonly Dictionary<int, Dictionary<int, ulong>> _rows;
    private readonly Dictionary<int, HashSet<int>> _rowsWith;
    private readonly Dictionary<int, SuppressionPrint> _prints;

    // What came to a place between one of its unknowns and the next, where that is few answers; by what it comes to, and by how that is shared out.
    private readonly Dictionary<int, (SuppressionPrint Print, ulong Ratio, long N)> _pieces;
    private readonly Dictionary<SuppressionPrint, int[]> _byPrint;
    private readonly Dictionary<ulong, int[]> _byRatio;
    private readonly SortedSet<int> _single;
    private int _terms, _last;

    public SuppressionAudit(int minimumN)
    {
        (_minimumN, _unknowns, _ofPlace, _known, _prints) = (minimumN, [], [], [], []);
        (_rows, _rowsWith, _pieces, _byPrint, _byRatio, _single) = ([], [], [], [], [], []);
    }


    private SuppressionAudit(SuppressionAudit of)
    {
        (_minimumN, _terms, _last) = (of._minimumN, of._terms, of._last);
        (_unknowns, _known, _prints) = (new(of._unknowns), [.. of._known], new(of._prints));
        (_pieces, _byPrint, _byRatio, _single) = (new(of._pieces), new(of._byPrint), new(of._byRatio), [.. of._single]);
        _ofPlace = of._ofPlace.ToDictionary(p => p.Key, p => new List<int>(p.Value));
        _rows = of._rows.ToDictionary(r => r.Key, r => new Dictionary<int, ulong>(r.Value));
        _rowsWith = of._rowsWith.ToDictionary(r => r.Key, r => new HashSet<int>(r.Value));
    }

    public SuppressionAudit Fork() => new(this);

    /// <summary>What a place comes to once it has so many answers. Nothing is known of it.</summary>
    /// <param name="place">Any number; each time with more answers.</param>
    /// <returns>The unknown.</returns>
    public int Grow(int place, long n)
    {
        _unknowns[++_last] = (place, n);
        _prints[_last] = SuppressionPrint.Draw(_last);
        if (!_ofPlace.TryGetValue(place, out var all)) _ofPlace[place] = all = [];
        all.Add(_last);
        Index(_last);
        return _last;
    }

    public bool IsKnown(int unknown) => _known.Contains(unknown);

    /// <summary>Whether it is in no equation.</summary>
    public bool IsFree(int unknown) => !_rows.ContainsKey(unknown) && !(_rowsWith.TryGetValue(unknown, out var rows) && rows.Count > 0);

    /// <summary>Shows the sum of some unknowns, unless that would give something away.</summary>
    /// <returns>Whether it is shown.</returns>
    public bool Add(IEnumerable<int> unknowns)
    {
        var row = Reduced(unknowns);
        if (row.Count == 0) return true;
        if (row.Count == 1 && row.First() is (var alone, 1) && IsFree(alone) && _ofPlace[_unknowns[alone].Place] is var all && all[^1] == alone
            && all.Take(all.Count - 1).All(_known.Contains) && _unknowns[alone].N - (all.Count > 1 ? _unknowns[all[^2]].N : 0) >= _minimumN)
        {
            // Nothing else is about it: nothing else follows.
            _known.Add(alone);
            Reprint(alone, default);
            Forget(_unknowns[alone].Place);
            return true;
        }
        if (_terms + row.Count > MostTerms) return false;
        // Solved for the one that is in the fewest rows, so that few others change.
        var pivot = row.Keys.MinBy(unknown => (_rowsWith.TryGetValue(unknown, out var rows) ? rows.Count : 0, -unknown));
        var scale = Inverse(row[pivot]);
        row.Remove(pivot);
        foreach (var other in row.Keys.ToList()) row[other] = Times(row[other], scale);

        var before = _rowsWith.TryGetValue(pivot, out var holders) ? holders.Select(of => (Of: of, Row: new Dictionary<int, ulong>(_rows[of]))).ToList() : [];
        foreach (var (of, _) in before)
        {
            var changed = new Dictionary<int, ulong>(_rows[of]);
            var times = changed[pivot];
            changed.Remove(pivot);
            AddTo(changed, row, Prime - times);
            Put(of, changed);
        }
        Put(pivot, row);
        int[] touched = [pivot, .. before.Select(b => b.Of)];
        var prints = touched.Select(of => _prints[of]).ToArray();
        foreach (var of in touched)
        {
            var print = default(SuppressionPrint);
            foreach (var (other, times) in _rows[of]) print = print.Plus(_prints[other], Prime - times);
            Reprint(of, print);
        }
        if (GivesAway(touched))
        {
            Take(pivot);
            foreach (var (of, old) in before) Put(of, old);
            for (var i = 0; i < touched.Length; i++) Reprint(touched[i], prints[i]);
            return false;
        }
        foreach (var of in touched.Where(of => _rows[of].Count == 0).ToList())
        {
            Take(of);
            _known.Add(of);
            Forget(_unknowns[of].Place);
        }
        return true;
    }

    // A place of which all is known has no past: only what it comes to now is held against what comes later.
    private void Forget(int place)
    {
        var all = _ofPlace[place];
        if (all.Count == 1 || !all.TrueForAll(_known.Contains)) return;
        foreach (var of in all.Take(all.Count - 1))
        {
            Unindex(of);
            _unknowns.Remove(of);
            _prints.Remove(of);
            _known.Remove(of);
        }
        all.RemoveRange(0, all.Count - 1);
        Unindex(all[0]);
    }

    private void Reprint(int of, SuppressionPrint print)
    {
        _prints[of] = print;
        foreach (var piece in Beside(of)) Index(piece);
    }

    private void Index(int of)
    {
        Unindex(of);
        var all = _ofPlace[_unknowns[of].Place];
        var (before, print) = all.BinarySearch(of) is > 0 and var at ? (_unknowns[all[at - 1]].N, _prints[all[at - 1]]) : (0, default);
        var n = _unknowns[of].N - before;
        if (n >= _minimumN) return;
        print = _prints[of].Plus(print, Prime - 1);
        var ratio = print.Ratio;
        _pieces[of] = (print, ratio, n);
        if (print == default) return;
        _byPrint[print] = [.. _byPrint.GetValueOrDefault(print, []), of];
        _byRatio[ratio] = [.. _byRatio.GetValueOrDefault(ratio, []), of];
        if (n == 1) _single.Add(of);
    }

    private void Unindex(int of)
    {
        if (!_pieces.Remove(of, out var piece) || piece.Print == default) return;
        Drop(_byPrint, piece.Print, of);
        Drop(_byRatio, piece.Ratio, of);
        _single.Remove(of);
    }

    private static void Drop<T>(Dictionary<T, int[]> index, T key, int of) where T : notnull
    {
        if (index[key] is [_]) index.Remove(key);
        else index[key] = [.. index[key].Where(o => o != of)];
    }

    /// <summary>Whether the sum of some unknowns follows from what is shown.</summary>
    public bool Knows(IEnumerable<int> unknowns) => Reduced(unknowns).Count == 0;

    private Dictionary<int, ulong> Reduced(IEnumerable<int> unknowns)
    {
        var row = new Dictionary<int, ulong>();
        foreach (var unknown in unknowns)
        {
            if (_known.Contains(unknown)) continue;
            if (_rows.TryGetValue(unknown, out var solved)) AddTo(row, solved, Prime - 1);
            else AddTo(row, unknown, 1);
        }
        return row;
    }

    private bool GivesAway(int[] touched)
    {
        if (touched.Any(of => Weight(Whole(of, 1)) < _minimumN)) return true;
        foreach (var of in touched.SelectMany(Beside).Where(_pieces.ContainsKey).Distinct())
        {
            var (print, ratio, n) = _pieces[of];
            if (print == default || _byRatio[ratio].Any(other => other != of && _pieces[other].N + n < _minimumN)) return true;
            var missing = default(SuppressionPrint).Plus(print, Prime - 1);
            if (n < _minimumN - 2)
                foreach (var (other, piece) in _pieces)
                    if (other != of && piece.N + n < _minimumN - 1 && IsThere(missing.Plus(piece.Print, Prime - 1), _minimumN - n - piece.N, of, other)) return true;
            if (n > 1 || _minimumN < 5) continue;
            var single = _single.Reverse().Take(MostSingle).Where(other => other != of).ToArray();
            for (var i = 0; i < single.Length; i++)
            {
                var two = missing.Plus(_pieces[single[i]].Print, Prime - 1);
                for (var j = i + 1; j < single.Length; j++)
                    if (IsThere(two.Plus(_pieces[single[j]].Print, Prime - 1), 2, of, single[i], single[j])) return true;
            }
        }
        return false;
    }

    private bool IsThere(SuppressionPrint print, long below, params ReadOnlySpan<int> but)
    {
        if (!_byPrint.TryGetValue(print, out var found)) return false;
        foreach (var of in found)
            if (!but.Contains(of) && _pieces[of].N < below) return true;
        return false;
    }

    private IEnumerable<int> Beside(int of)
    {
        yield return of;
        var all = _ofPlace[_unknowns[of].Place];
        if (all.BinarySearch(of) + 1 is var next && next < all.Count) yield return all[next];
    }

    private Dictionary<int, ulong> Whole(int of, ulong times)
    {
        var row = new Dictionary<int, ulong> { [of] = times };
        AddTo(row, _rows[of], times);
        return row;
    }

    // On how many answers a sum rests at least, what is known of its places taken off or added as it makes them fewest.
    private long Weight(Dictionary<int, ulong> row)
    {
        long weight = 0;
        foreach (var terms in row.GroupBy(term => _unknowns[term.Key].Place))
        {
            var marks = _ofPlace[terms.Key].Where(u => _known.Contains(u) || row.ContainsKey(u)).OrderByDescending(u => _unknowns[u].N).ToList();
            // Each answer counts as often as the unknowns say that came after it.
            var (times, stretch, closed) = (0UL, new Dictionary<ulong, long>(), false);
            for (var i = 0; i < marks.Count; i++)
            {
                if (_known.Contains(marks[i]))
                {
                    weight += Least(stretch, closed);
                    (stretch, closed) = ([], true);
                }
                else times = Plus(times, row[marks[i]]);
                stretch[times] = stretch.GetValueOrDefault(times) + _unknowns[marks[i]].N - (i + 1 < marks.Count ? _unknowns[marks[i + 1]].N : 0);
            }
            weight += Least(stretch, closed);
            if (weight >= _minimumN) return weight;
        }
        return weight;
    }

    // Under a moment that is known, as much may be taken off as most of the answers are counted.
    private static long Least(Dictionary<ulong, long> stretch, bool closed) =>
        stretch.Count == 0 ? 0 : stretch.Values.Sum() - (closed ? stretch.Values.Max() : stretch.GetValueOrDefault(0UL));

    private void Put(int of, Dictionary<int, ulong> row)
    {
        if (_rows.ContainsKey(of)) Take(of);
        _rows[of] = row;
        _terms += row.Count + 1;
        foreach (var other in row.Keys)
        {
            if (!_rowsWith.TryGetValue(other, out var holders)) _rowsWith[other] = holders = [];
            holders.Add(of);
        }
    }

    private void Take(int of)
    {
        foreach (var other in _rows[of].Keys) _rowsWith[other].Remove(of);
        _terms -= _rows[of].Count + 1;
        _rows.Remove(of);
    }

    private static void AddTo(Dictionary<int, ulong> row, Dictionary<int, ulong> other, ulong times)
    {
        foreach (var (unknown, coefficient) in other) AddTo(row, unknown, Times(coefficient, times));
    }

    private static void AddTo(Dictionary<int, ulong> row, int unknown, ulong coefficient)
    {
        var sum = Plus(row.GetValueOrDefault(unknown), coefficient);
        if (sum == 0) row.Remove(unknown);
        else row[unknown] = sum;
    }
}
