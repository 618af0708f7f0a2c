namespace CxDesk.Web.Shell;

/// <summary>Section "Company".</summary>
public sealed class ViewerClockOptions
{
    /// <summary>IANA name of the company's zone: what a viewer sees whose browser has not said its own.</summary>
    public string TimeZone { get; set; } = "UTC";
}
