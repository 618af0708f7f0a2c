using CxDesk.Data.Policies;

namespace CxDesk.Web.Policies;

/// <summary>Who gets a case, as it is being chosen.</summary>
public sealed class OwnerEntry
{
    public OwnerKind Kind { get; set; } = OwnerKind.Line;
    public int? PersonId { get; set; }
    public int? TeamId { get; set; }

    public static OwnerEntry Of(PolicyOwner owner) => new() { Kind = owner.Kind, PersonId = owner.PersonId, TeamId = owner.TeamId };

    public PolicyOwner ToOwner() => new(Kind, Kind == OwnerKind.Person ? PersonId : null, Kind == OwnerKind.Queue ? TeamId : null);
}
