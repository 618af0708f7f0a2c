namespace CxDesk.Data.Ingest;

/// <summary>Why an item is not stored. The words are made where they are shown: <c>Fault.{code}</c> in the resources.</summary>
public enum FaultCode
{
    Missing,
    NotText,
    NotNumber,
    NotWhole,
    NotFlag,
    NotObject,

    /// <summary>Text that no database keeps: a NUL, or half of a surrogate pair.</summary>
    BadText,

    /// <summary>Argument: the most characters.</summary>
    TooLong,

    /// <summary>Arguments: lowest and highest.</summary>
    OutOfRange,

    Negative,

    /// <summary>A share that does not lie between 0 and 1.</summary>
    NotShare,

    /// <summary>Neither a score nor a rating.</summary>
    NoScore,

    NotTime,

    /// <summary>A time without Z or an offset names no instant.</summary>
    NoOffset,

    /// <summary>Argument: the minutes allowed.</summary>
    Ahead,

    /// <summary>Argument: the first day allowed.</summary>
    TooOld,

    /// <summary>The key may not write into this region or for this agent's team.</summary>
    OutsideKey,

    /// <summary>A cell that is not in any format that the mapping names. Arguments: the cell, the formats.</summary>
    NotInFormat,

    /// <summary>A row of a file with a quote that opens or closes in the wrong place.</summary>
    BrokenQuote,

    /// <summary>Arguments: fields in the row, columns in the header.</summary>
    FieldCount,

    /// <summary>A row that is not in the file's encoding. Argument: the encoding.</summary>
    WrongEncoding,
}

/// <param name="Field">A path, as in <c>scores.csat</c>; <c>$</c> is the item itself.</param>
public sealed record ItemFault(string Field, FaultCode Code, params object[] Arguments);

/// <param name="Index">The item's position in what was sent, from 0.</param>
/// <param name="ExternalId">As far as it could be read.</param>
public sealed record RejectedItem(int Index, string? ExternalId, IReadOnlyList<ItemFault> Faults);
