using System.Diagnostics.CodeAnalysis;
using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>What a line of the list can show besides the case itself. The word in the address is its name in camelCase.</summary>
public enum CaseColumn { Due, Customer, Value, Words, Score, Owner, Product, Region, Team, Status, Agent, Opened, Escalation }

/// <summary>Columns in the order in which they stand, each once. The case's reference with its severity is always the first and not among them.</summary>
public sealed class CaseColumns : IEquatable<CaseColumns>
{
    /// <summary>What the list shows until somebody chooses.</summary>
    public static readonly CaseColumns Usual = new([
        CaseColumn.Due, CaseColumn.Customer, CaseColumn.Value, CaseColumn.Words, CaseColumn.Score, CaseColumn.Owner, CaseColumn.Product, CaseColumn.Region, CaseColumn.Status,
    ]);

    private CaseColumns(IReadOnlyList<CaseColumn> all) => All = all;

    public IReadOnlyList<CaseColumn> All { get; }

    /// <param name="text">Words with commas; null where nothing was said.</param>
    /// <returns>False where a word is none; true with null where nothing was said.</returns>
    public static bool TryParse(string? text, out CaseColumns? columns)
    {
        columns = null;
        if (text is null) return true;
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(CaseParameters.Word<CaseColumn>).ToList();
        if (words.Count == 0 || words.Contains(null)) return false;
        columns = new([.. words.Select(word => word!.Value).Distinct()]);
        return true;
    }

    public CaseColumns With(CaseColumn column) => All.Contains(column) ? this : new([.. All, column]);

    /// <returns>The same where it is the last one: a list of references alone tells nothing.</returns>
    public CaseColumns Without(CaseColumn column) => All.Count == 1 ? this : new([.. All.Where(c => c != column)]);

    /// <summary>Moves a column before (−1) or behind (+1) its neighbour.</summary>
    public CaseColumns Moved(CaseColumn column, int by)
    {
        var all = All.ToList();
        var (from, to) = (all.IndexOf(column), all.IndexOf(column) + by);
        if (from < 0 || to < 0 || to >= all.Count) return this;
        (all[from], all[to]) = (all[to], all[from]);
        return new(all);
    }

    /// <summary>The order that a click on the column's head asks for; null where a column is no order.</summary>
    public static CaseSort? SortOf(CaseColumn column) => column switch
    {
        CaseColumn.Due => CaseSort.Due,
        CaseColumn.Opened => CaseSort.Newest,
        _ => null,
    };

    public bool Equals([NotNullWhen(true)] CaseColumns? other) => other is not null && All.SequenceEqual(other.All);

    public override bool Equals(object? other) => Equals(other as CaseColumns);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join(',', All.Select(column => CaseEventLog.Stored(column)));
}
