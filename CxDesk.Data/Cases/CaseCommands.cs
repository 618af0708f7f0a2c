namespace CxDesk.Data.Cases;

/// <summary>Something to do to one case.</summary>
public abstract record CaseCommand
{
    public required long CaseId { get; init; }

    /// <summary>The version that was seen when deciding; null acts on whatever is there.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>The draft of the actor's that this sends, which goes with it.</summary>
    public CaseDraftField? Draft { get; init; }
}

/// <summary>Takes a case that nobody has.</summary>
public sealed record ClaimCase : CaseCommand
{
    /// <summary>Null: whoever claims. An API key must name somebody.</summary>
    public int? OwnerId { get; init; }
}

/// <summary>Gives a case to a person, whoever had it before.</summary>
public sealed record AssignCase : CaseCommand
{
    public required int OwnerId { get; init; }
}

public sealed record NoteCase : CaseCommand
{
    public required string Text { get; init; }
}

/// <summary>Stops the clock while the customer has to do something.</summary>
public sealed record WaitCase : CaseCommand
{
    public required string Reason { get; init; }
    public DateTimeOffset? Until { get; init; }
}

public sealed record ResumeCase : CaseCommand;

public sealed record ResolveCase : CaseCommand
{
    /// <summary>The code of a cause that is in use.</summary>
    public required string RootCause { get; init; }
    public required ContactOutcome ContactOutcome { get; init; }
    public string? Note { get; init; }
}

public sealed record ReopenCase : CaseCommand
{
    public required string Reason { get; init; }
}

public sealed record CloseCase : CaseCommand;

/// <summary>Changes by hand; what is null stays.</summary>
public sealed record EditCase : CaseCommand
{
    public CaseSeverity? Severity { get; init; }
    public OwnerChange? Owner { get; init; }
    public int? ProductId { get; init; }
}

/// <summary>Somebody follows a case, and so sees it. Whoever may own a case may follow it.</summary>
public sealed record WatchCase : CaseCommand
{
    /// <summary>Null: whoever says so.</summary>
    public int? PersonId { get; init; }
}

/// <summary>Nobody needs leave to stop following; for others it takes a supervisor.</summary>
public sealed record UnwatchCase : CaseCommand
{
    /// <summary>Null: whoever says so.</summary>
    public int? PersonId { get; init; }
}

/// <summary>Says what a case has to do with another one that the actor sees; said again it says it anew.</summary>
public sealed record LinkCase : CaseCommand
{
    public required long OtherId { get; init; }
    public required CaseLinkKind Kind { get; init; }
}

public sealed record UnlinkCase : CaseCommand
{
    public required long OtherId { get; init; }
}

/// <param name="OwnerId">Null gives the case back to the queue.</param>
public readonly record struct OwnerChange(int? OwnerId);

/// <summary>What came of a command.</summary>
public abstract record CaseResult
{
    private CaseResult() { }

    /// <param name="Version">The case's version now.</param>
    public sealed record Done(int Version) : CaseResult;

    /// <summary>There is no such case, as far as the actor may see.</summary>
    public sealed record NotFound : CaseResult;

    /// <param name="Name">Who or what stands in the way: the owner, or the reference of the other case.</param>
    public sealed record Refused(CaseRefusal Why, string? Name = null) : CaseResult;

    /// <summary>Somebody was faster. Nothing was changed.</summary>
    /// <param name="Since">What happened since the expected version.</param>
    public sealed record Conflict(int Version, IReadOnlyList<CaseEventRow> Since) : CaseResult;
}
