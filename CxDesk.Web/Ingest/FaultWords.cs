using CxDesk.Data.Ingest;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Ingest;

/// <summary>Faults in the sender's language.</summary>
public sealed class FaultWords(IStringLocalizer<IngestText> text)
{
    public string Of(ItemFault fault) => text[$"Fault.{fault.Code}", fault.Arguments];

    public IReadOnlyList<RejectedEntry> Of(IReadOnlyList<RejectedItem> items) =>
        [.. items.Select(i => new RejectedEntry(i.Index, i.ExternalId, [.. i.Faults.Select(f => new FieldError(f.Field, Of(f)))]))];
}
