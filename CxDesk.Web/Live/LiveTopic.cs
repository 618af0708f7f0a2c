using CxDesk.Data.Live;
using CxDesk.Data.People;

namespace CxDesk.Web.Live;

/// <summary>A live board for one scope. Viewers of the same scope see the same rows and share its reads.</summary>
public sealed record LiveTopic(LiveFilter Filter, Viewer Viewer)
{
    public bool Equals(LiveTopic? other) => other is not null && Filter == other.Filter && Viewer.Scope == other.Viewer.Scope;

    public override int GetHashCode() => HashCode.Combine(Filter, Viewer.Scope);
}
