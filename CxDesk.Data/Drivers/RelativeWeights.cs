using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CxDesk.Data.Drivers;

/// <summary>
/// Johnson's relative weights: how much of the explained variance R² of an outcome belongs to each attribute where the
/// attributes go together. With the correlations of the attributes R_xx = QΔQᵀ and theirs with the outcome r_xy,
/// Λ = QΔ^½Qᵀ joins each attribute to the nearest of uncorrelated variables, β = Λ⁻¹r_xy are the weights of those, and
/// ε = Λ²β² (squared cell by cell) are the relative weights, which add up to R². Pure.
/// </summary>
/// <remarks>
/// Johnson, "A heuristic method for estimating the relative weight of predictor variables in multiple regression",
/// Multivariate Behavioral Research 35 (2000), 1–19.
/// </remarks>
public static class RelativeWeights
{
    /// <summary>Under this a combination of the attributes hardly varies: one of them says nothing that the others do not.</summary>
    public const double SmallestEigenvalue = 1e-6;

    /// <param name="among">Correlations of the attributes with each other, a symmetric matrix.</param>
    /// <param name="withOutcome">Correlation of each attribute with the outcome.</param>
    /// <returns>A weight for each attribute, a share of the outcome's variance; null where the attributes are collinear.</returns>
    public static double[]? Of(double[,] among, ReadOnlySpan<double> withOutcome)
    {
        var count = withOutcome.Length;
        if (among.GetLength(0) != count || among.GetLength(1) != count) throw new ArgumentException("One row and one column for each attribute.", nameof(among));
        var (values, vectors) = Eigen(among);
        if (values[0] < SmallestEigenvalue) return null;

        // What the attributes' projections on the eigenvectors explain, as Λ and β share it.
        Span<double> projected = stackalloc double[count];
        for (var e = 0; e < count; e++)
        {
            var sum = 0.0;
            for (var j = 0; j < count; j++) sum += vectors[j, e] * withOutcome[j];
            projected[e] = sum / Math.Sqrt(values[e]);
        }
        Span<double> squaredBeta = stackalloc double[count];
        for (var j = 0; j < count; j++)
        {
            var beta = 0.0;
            for (var e = 0; e < count; e++) beta += vectors[j, e] * projected[e];
            squaredBeta[j] = beta * beta;
        }
        var weights = new double[count];
        for (var j = 0; j < count; j++)
            for (var k = 0; k < count; k++)
            {
                var lambda = 0.0;
                for (var e = 0; e < count; e++) lambda += vectors[j, e] * Math.Sqrt(values[e]) * vectors[k, e];
                weights[j] += lambda * lambda * squaredBeta[k];
            }
        return weights;
    }

    /// <summary>Which attributes make up the combination that varies least: those that are collinear, where any are.</summary>
    public static IReadOnlyList<int> Collinear(double[,] among)
    {
        var (_, vectors) = Eigen(among);
        return [.. Enumerable.Range(0, among.GetLength(0)).Where(j => Math.Abs(vectors[j, 0]) > .1)];
    }

    // Smallest eigenvalue first.
    private static (double[] Values, Matrix<double> Vectors) Eigen(double[,] among)
    {
        var evd = Matrix<double>.Build.DenseOfArray(among).Evd(Symmetricity.Symmetric);
        return ([.. evd.EigenValues.Select(v => v.Real)], evd.EigenVectors);
    }
}
