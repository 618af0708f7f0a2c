namespace CxDesk.Tests.Scorecards;

/// <summary>
/// Somebody who writes down every sum that they are shown and puts all of them together: dense Gauss elimination modulo a
/// prime, with nothing of the product's own algebra. What they look for are sums over fewer answers than the minimum.
/// </summary>
/// <param name="sizes">How many answers each atom holds: those of a place that nothing shown ever tells apart.</param>
internal sealed class Attacker(IReadOnlyList<long> sizes)
{
    private const ulong Prime = 2_147_483_647;

    private readonly List<(int Pivot, ulong[] Row)> _rows = [];

    public void Know(IEnumerable<int> atoms)
    {
        var row = new ulong[sizes.Count];
        foreach (var atom in atoms) row[atom] = 1;
        foreach (var (at, known) in _rows) Subtract(row, known, row[at]);
        var pivot = Array.FindIndex(row, v => v != 0);
        if (pivot < 0) return;
        var scale = Inverse(row[pivot]);
        for (var i = 0; i < row.Length; i++) row[i] = row[i] * scale % Prime;
        foreach (var (_, known) in _rows) Subtract(known, row, known[pivot]);
        _rows.Add((pivot, row));
    }

    /// <summary>
    /// Sets of atoms, together of fewer answers than the minimum, of which a combination is known: of one or two atoms any, of
    /// three and four the sum.
    /// </summary>
    public IReadOnlyList<int[]> Recovered(int minimumN)
    {
        // The columns of the parity check: a set gives a known combination where its columns depend on each other. Two random
        // numbers of 31 bits stand for each column, since all that is asked of them is linear.
        var random = new Random(7);
        var pivots = _rows.ToDictionary(r => r.Pivot, r => r.Row);
        var draws = sizes.Select(_ => ((ulong)random.NextInt64(1, (long)Prime), (ulong)random.NextInt64(1, (long)Prime))).ToArray();
        var prints = new (ulong A, ulong B)[sizes.Count];
        var free = Enumerable.Range(0, sizes.Count).Where(i => !pivots.ContainsKey(i)).ToArray();
        foreach (var i in free) prints[i] = draws[i];
        foreach (var (pivot, row) in pivots)
            foreach (var i in free)
                if (row[i] != 0) prints[pivot] = (Minus(prints[pivot].A, row[i] * draws[i].Item1 % Prime), Minus(prints[pivot].B, row[i] * draws[i].Item2 % Prime));

        var small = Enumerable.Range(0, sizes.Count).Where(i => sizes[i] < minimumN).ToArray();
        var found = new List<int[]>();
        found.AddRange(small.Where(i => prints[i] == (0, 0)).Select(i => new[] { i }));
        var left = small.Where(i => prints[i] != (0, 0)).ToArray();
        foreach (var same in left.GroupBy(i => prints[i].A * Inverse(prints[i].B) % Prime).Where(g => g.Count() > 1))
            found.AddRange(from a in same from b in same where a < b && sizes[a] + sizes[b] < minimumN select (int[])[a, b]);
        var pairs = (from a in left from b in left where a < b && sizes[a] + sizes[b] < minimumN select (A: a, B: b)).ToLookup(p => Plus(prints[p.A], prints[p.B]));
        foreach (var c in left)
            found.AddRange(pairs[Negative(prints[c])].Where(p => c > p.B && sizes[p.A] + sizes[p.B] + sizes[c] < minimumN).Select(p => (int[])[p.A, p.B, c]));
        foreach (var sum in pairs)
            found.AddRange(from p in sum from q in pairs[Negative(sum.Key)]
                           where p.B < q.A && sizes[p.A] + sizes[p.B] + sizes[q.A] + sizes[q.B] < minimumN select (int[])[p.A, p.B, q.A, q.B]);
        return found;
    }

    private static void Subtract(ulong[] row, ulong[] other, ulong times)
    {
        if (times == 0) return;
        var add = Prime - times;
        for (var i = 0; i < row.Length; i++)
            if (other[i] != 0) row[i] = (row[i] + other[i] * add) % Prime;
    }

    private static (ulong, ulong) Plus((ulong A, ulong B) x, (ulong A, ulong B) y) => ((x.A + y.A) % Prime, (x.B + y.B) % Prime);
    private static (ulong, ulong) Negative((ulong A, ulong B) x) => (Minus(0, x.A), Minus(0, x.B));
    private static ulong Minus(ulong a, ulong b) => (a + Prime - b) % Prime;

    private static ulong Inverse(ulong a)
    {
        var (inverse, power) = (1UL, a);
        for (var left = Prime - 2; left > 0; left >>= 1, power = power * power % Prime)
            if ((left & 1) == 1) inverse = inverse * power % Prime;
        return inverse;
    }
}
