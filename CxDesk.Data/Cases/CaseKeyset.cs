using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>The orders of the board as text, and the part of an order that comes after a cursor.</summary>
internal static class CaseKeyset
{
    /// <summary>The columns of an ORDER BY with their directions and the parameter that holds the cursor's value.</summary>
    private static (string Column, bool Falls, string Cursor)[] KeysOf(CaseSort sort) => sort switch
    {
        CaseSort.Urgency => [("Severity", false, "@afterSeverity"), ("DueAt", false, "@afterAt"), ("Value12m", true, "@afterValue"), ("Id", false, "@afterId")],
        CaseSort.Due => [("DueAt", false, "@afterAt"), ("Id", false, "@afterId")],
        CaseSort.Newest => [("OpenedAt", true, "@afterAt"), ("Id", true, "@afterId")],
        CaseSort.ResolvedToday => [("ResolvedAt", true, "@afterAt"), ("Id", true, "@afterId")],
    };

    public static string Order(CaseSort sort, string alias) =>
        string.Join(", ", KeysOf(sort).Select(k => $"{alias}.{k.Column}{(k.Falls ? " DESC" : "")}"));

    /// <summary>Selects the ids of one page of Cases <c>c</c>.</summary>
    /// <remarks>
    /// After a cursor the directions are mixed, so "comes after" is no single range. Written with OR an index is read
    /// from its start; here each range is a select of its own that an index seeks to, at most a page long.
    /// </remarks>
    public static string Page(SqlDialect d, CaseSort sort, bool after, string conditions)
    {
        var keys = KeysOf(sort);
        var columns = string.Join(", ", keys.Select(k => $"c.{k.Column}"));
        string Range(string range) => $"SELECT {columns} FROM Cases c WHERE {range}{conditions} ORDER BY {Order(sort, "c")} {d.Limit("@limit")}";
        if (!after) return Range("");

        var ranges = Enumerable.Range(0, keys.Length).Select(equal =>
        {
            var same = string.Concat(keys.Take(equal).Select(k => $"c.{k.Column} = {k.Cursor} AND "));
            var (column, falls, cursor) = keys[equal];
            return $"SELECT * FROM ({Range($"{same}c.{column} {(falls ? "<" : ">")} {cursor} AND ")}) r{equal}";
        });
        return $"SELECT m.* FROM ({string.Join("\nUNION ALL\n", ranges)}) m ORDER BY {Order(sort, "m")} {d.Limit("@limit")}";
    }
}
