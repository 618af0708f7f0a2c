using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.Live;

/// <summary>Where a live board is found, and what lies behind its figures. The address is the filter.</summary>
public static class LiveLink
{
    public const string AnswersPath = "/answers";

    public static string Board(LiveFilter filter) =>
        To("/", ("window", filter.WindowCode), ("by", filter.ByCode), ("unit", filter.Unit), ("product", filter.Product));

    /// <summary>The answers that a score counts.</summary>
    /// <param name="agent">Only those about this agent.</param>
    public static string Answers(LiveFilter filter, Metric metric, string? agent = null) => To(AnswersPath,
        ("window", filter.WindowCode), ("metric", Code(metric)), ("unit", filter.Unit), ("product", filter.Product), ("agent", agent));

    public static string Cases(LiveFilter filter, bool overdue = false) =>
        To("/cases", ("unit", filter.Unit), ("product", filter.Product), ("overdue", overdue ? "true" : null));

    /// <summary>A code as an address says it; null where it says none.</summary>
    public static string? Said(string? code) => string.IsNullOrWhiteSpace(code) ? null : code.Trim();

    public static string Code(Metric metric) => metric.ToString().ToLowerInvariant();

    private static string To(string path, params (string Name, string? Value)[] query) =>
        QueryHelpers.AddQueryString(path, query.Where(q => q.Value is not null).Select(q => new KeyValuePair<string, string?>(q.Name, q.Value)));
}
