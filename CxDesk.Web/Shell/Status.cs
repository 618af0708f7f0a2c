namespace CxDesk.Web.Shell;

/// <summary>The four things that colour may mean.</summary>
public enum Status
{
    Good,
    Watch,
    Bad,

    /// <summary>Not enough to say, or too old to believe.</summary>
    Unknown,
}
