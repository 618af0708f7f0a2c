using CxDesk.Data;

namespace CxDesk.Web.Shell;

/// <summary>How a screen finds out that it is cut off, asleep or out of date. Section "Recovery".</summary>
public sealed class RecoveryOptions : ISettings
{
    /// <summary>What the server is taken for; unset: what was built. A page that another build drew is loaded again.</summary>
    public string? Build { get; set; }

    /// <summary>A page that hears nothing from the server for so long is cut off. It hears something three times as often.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a page asks which build the server is.</summary>
    public TimeSpan Look { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A desk where nobody has touched anything for so long takes a new version by itself.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Faults()
    {
        foreach (var (key, value) in new[] { (nameof(Silence), Silence), (nameof(Look), Look), (nameof(Rest), Rest) })
            if (value < TimeSpan.FromMilliseconds(300)) yield return $"Recovery:{key}: a length of time of 300 ms or more.";
    }
}
