namespace CxDesk.Data.Deliveries;

/// <summary>Section <c>Deliveries</c> of the settings: what leaves CxDesk by mail and webhook.</summary>
public sealed class DeliveriesOptions : ISettings
{
    /// <summary>Where people reach CxDesk; links in messages begin with it.</summary>
    public string BaseUrl { get; set; } = "http://localhost:5080";

    /// <summary>Tries before a delivery is given up.</summary>
    public int MostAttempts { get; set; } = 8;

    /// <summary>The wait after the first failed try; each further one is twice as long, and never over an hour.</summary>
    public int FirstRetrySeconds { get; set; } = 30;

    /// <summary>How long a server may take to answer.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>What could not leave for so long is no news any more. Longer than a weekend: mail waits for working hours.</summary>
    public int NewsForHours { get; set; } = 240;

    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) yield return "Deliveries:BaseUrl: an address such as https://cxdesk.example.com.";
        if (MostAttempts is < 1 or > 50) yield return "Deliveries:MostAttempts: 1 to 50.";
        if (FirstRetrySeconds is < 1 or > 3600) yield return "Deliveries:FirstRetrySeconds: 1 to 3600.";
        if (TimeoutSeconds is < 1 or > 120) yield return "Deliveries:TimeoutSeconds: 1 to 120.";
        if (NewsForHours is < 1 or > 1000) yield return "Deliveries:NewsForHours: 1 to 1000.";
    }

    /// <summary>A path of CxDesk as a link.</summary>
    public string Link(string path) => BaseUrl.TrimEnd('/') + path;
}
