using System.Numerics;
using System.Runtime.InteropServices;

namespace CxDesk.Data.Drivers;

/// <summary>
/// Columns of equal length, laid out so that the sums of products of every two of them, each row counted so many times, are
/// quickly found: a bootstrap does little else. Each column is held as its distance from its mean. Pure.
/// </summary>
public sealed class DriverColumns
{
    // A block of all columns stays in the nearest cache, and every vector width divides it.
    private const int Block = 256;

    private readonly double[] _cells;
    private readonly int _blocks;

    public DriverColumns(IReadOnlyList<double[]> columns)
    {
        (Count, Rows) = (columns.Count, columns[0].Length);
        _blocks = (Rows + Block - 1) / Block;
        _cells = new double[_blocks * Count * Block];
        for (var j = 0; j < Count; j++)
        {
            var mean = columns[j].Sum() / Rows;
            for (var i = 0; i < Rows; i++) _cells[(i / Block * Count + j) * Block + i % Block] = columns[j][i] - mean;
        }
    }

    public int Count { get; }
    public int Rows { get; }

    /// <summary>Room for the counts of a draw: a row each, and what fills the last block.</summary>
    public int Room => _blocks * Block;

    /// <summary>The correlations of every two columns, row i counted <paramref name="counts"/>[i] times; null where a column does not vary.</summary>
    /// <param name="counts">They add up to the number of rows.</param>
    public double[,]? Correlations(ReadOnlySpan<byte> counts)
    {
        var (sums, products) = (new double[Count], new double[Count, Count]);
        Span<double> weights = stackalloc double[Block];
        Span<double> weighted = stackalloc double[Block];
        for (var block = 0; block < _blocks; block++)
        {
            for (var i = 0; i < Block; i++) weights[i] = counts[block * Block + i];
            var cells = _cells.AsSpan(block * Count * Block, Count * Block);
            for (var j = 0; j < Count; j++)
            {
                sums[j] += Weigh(weights, cells.Slice(j * Block, Block), weighted);
                var k = j;
                for (; k + 4 <= Count; k += 4) Four(weighted, cells[(k * Block)..], products, j, k);
                for (; k < Count; k++) products[j, k] += One(weighted, cells.Slice(k * Block, Block));
            }
        }
        return Standardised(sums, products);
    }

    private double[,]? Standardised(double[] sums, double[,] products)
    {
        double Covariance(int j, int k) => products[j, k] - sums[j] * sums[k] / Rows;
        var correlations = new double[Count, Count];
        for (var j = 0; j < Count; j++)
        {
            // What rounding leaves where all that were drawn are equal is no variance.
            if (Covariance(j, j) <= 1e-9 * products[j, j]) return null;
            correlations[j, j] = 1;
            for (var k = 0; k < j; k++)
                correlations[j, k] = correlations[k, j] = Covariance(k, j) / Math.Sqrt(Covariance(j, j) * Covariance(k, k));
        }
        return correlations;
    }

    private static double Weigh(ReadOnlySpan<double> weights, ReadOnlySpan<double> column, Span<double> weighted)
    {
        var w = Vectors(weights);
        var x = Vectors(column);
        var into = MemoryMarshal.Cast<double, Vector<double>>(weighted);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = w[i] * x[i];
            sum += into[i];
        }
        return Vector.Sum(sum);
    }

    private static double One(ReadOnlySpan<double> weighted, ReadOnlySpan<double> column)
    {
        var w = Vectors(weighted);
        var x = Vectors(column);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < w.Length; i++) sum += w[i] * x[i];
        return Vector.Sum(sum);
    }

    // Four columns at once: each weighted value is loaded once, and four sums wait for no other.
    private static void Four(ReadOnlySpan<double> weighted, ReadOnlySpan<double> columns, double[,] products, int j, int k)
    {
        var w = Vectors(weighted);
        var a = Vectors(columns[..Block]);
        var b = Vectors(columns.Slice(Block, Block));
        var c = Vectors(columns.Slice(2 * Block, Block));
        var d = Vectors(columns.Slice(3 * Block, Block));
        var (sumA, sumB, sumC, sumD) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < w.Length; i++)
        {
            sumA += w[i] * a[i];
            sumB += w[i] * b[i];
            sumC += w[i] * c[i];
            sumD += w[i] * d[i];
        }
        products[j, k] += Vector.Sum(sumA);
        products[j, k + 1] += Vector.Sum(sumB);
        products[j, k + 2] += Vector.Sum(sumC);
        products[j, k + 3] += Vector.Sum(sumD);
    }

    private static ReadOnlySpan<Vector<double>> Vectors(ReadOnlySpan<double> of) => MemoryMarshal.Cast<double, Vector<double>>(of);
}
