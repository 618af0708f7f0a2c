using System.Globalization;

namespace CxDesk.Data.Cases;

/// <summary>The name by which people and programs call a case: <c>C-1042</c>.</summary>
public static class CaseReference
{
    public static string Of(long caseId) => string.Create(CultureInfo.InvariantCulture, $"C-{caseId}");

    /// <summary>Reads a reference as people type it: with the C or without, in either case.</summary>
    public static bool TryParse(string? text, out long caseId)
    {
        var digits = text.AsSpan().Trim();
        if (digits.StartsWith("C-", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out caseId);
    }
}
