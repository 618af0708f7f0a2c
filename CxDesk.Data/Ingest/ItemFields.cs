using System.Text;

namespace CxDesk.Data.Ingest;

/// <summary>
/// The fields of one item by path, whatever it is written in. What is there but is not what was asked for becomes a
/// fault, and reads as not sent.
/// </summary>
public abstract class ItemFields
{
    private readonly List<ItemFault> _faults = [];

    public IReadOnlyList<ItemFault> Faults => _faults;

    /// <summary>As it was sent, once it was read: whoever is told of the faults knows the item by it.</summary>
    public string? ExternalId { get; private set; }

    public abstract double? Number(string path);
    public abstract decimal? Amount(string path);
    public abstract bool? Flag(string path);
    public abstract DateTimeOffset? Time(string path);

    /// <summary>The names below a path: the attributes under <c>ratings</c>.</summary>
    public abstract IReadOnlyList<string> Below(string path);

    /// <summary>Whether there is anything at a path that holds others.</summary>
    public abstract bool Has(string path);

    /// <summary>Trimmed and in NFC; null when nothing is left of it.</summary>
    public string? Text(string path, int longest)
    {
        var raw = RawText(path);
        if (path == "externalId") ExternalId = raw;
        return raw is not null && Clean(raw, path) is { Length: > 0 } text ? Fitting(text, path, longest) : null;
    }

    /// <summary>The name of a field below another, as a code: trimmed, in NFC, and something.</summary>
    public string? Code(string name, string path, int longest)
    {
        if (Clean(name, path) is not { } code) return null;
        if (code.Length > 0) return Fitting(code, path, longest);
        Fault(path, FaultCode.Missing);
        return null;
    }

    public void Fault(string path, FaultCode code, params object[] arguments) => _faults.Add(new ItemFault(path, code, arguments));

    /// <summary>True when a path, or one above it, already has a fault: another one would only repeat it.</summary>
    public bool IsFaulty(string path) =>
        _faults.Exists(f => f.Field == path || f.Field == "$" || path.StartsWith(f.Field + ".", StringComparison.Ordinal));

    protected abstract string? RawText(string path);

    private string? Fitting(string text, string path, int longest)
    {
        if (text.Length <= longest) return text;
        Fault(path, FaultCode.TooLong, longest);
        return null;
    }

    // Null, with a fault, for text that no database keeps.
    private string? Clean(string text, string path)
    {
        if (!text.Contains('\0'))
        {
            try
            {
                return text.Trim().Normalize(NormalizationForm.FormC);
            }
            catch (ArgumentException)
            {
                // Half a surrogate pair.
            }
        }
        Fault(path, FaultCode.BadText);
        return null;
    }
}
