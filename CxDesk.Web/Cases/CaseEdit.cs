using System.Globalization;
using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>
/// What somebody wants of a case's severity, product and owner. Only what they changed is theirs: the rest stays as others
/// make it meanwhile.
/// </summary>
public sealed class CaseEdit
{
    private CaseRow _against;

    public CaseEdit(CaseRow seen, IReadOnlyList<CaseOwnerRow> owners, IReadOnlyList<CaseProductRow> products)
    {
        (_against, Owners, Products) = (seen, With(seen, owners), products);
        (Severity, Product, Owner) = (seen.Severity, seen.ProductId, Given(seen.OwnerId));
    }

    public IReadOnlyList<CaseOwnerRow> Owners { get; private set; }
    public IReadOnlyList<CaseProductRow> Products { get; }
    public CaseSeverity Severity { get; set; }
    public int Product { get; set; }

    /// <summary>A person's id; empty gives the case back to its queue.</summary>
    public string Owner { get; set; }

    /// <summary>Of what both changed: true for one's own.</summary>
    public Dictionary<CaseField, bool> Choices { get; } = [];

    /// <summary>The fields that are changed here, as they are to be.</summary>
    public Dictionary<CaseField, string> Mine
    {
        get
        {
            (CaseField Field, string Value, bool IsChanged)[] wanted =
            [
                (CaseField.Severity, CaseEventLog.Stored(Severity), Severity != _against.Severity),
                (CaseField.Product, Products.FirstOrDefault(p => p.Id == Product)?.Name ?? "", Product != _against.ProductId),
                (CaseField.Owner, Owners.FirstOrDefault(o => Given(o.Id) == Owner)?.Name ?? "", Owner != Given(_against.OwnerId)),
            ];
            return wanted.Where(w => w.IsChanged).ToDictionary(w => w.Field, w => w.Value);
        }
    }

    /// <summary>Others were faster: what was left alone here is from now on as they made it.</summary>
    public void TakeTheirs(CaseRow present)
    {
        var mine = Mine;
        if (!mine.ContainsKey(CaseField.Severity)) Severity = present.Severity;
        if (!mine.ContainsKey(CaseField.Product)) Product = present.ProductId;
        if (!mine.ContainsKey(CaseField.Owner)) Owner = Given(present.OwnerId);
        (_against, Owners) = (present, With(present, Owners));
        Choices.Clear();
    }

    /// <summary>The command for what is changed here and, of what both changed, for what was chosen.</summary>
    public EditCase Command(long caseId, int expectedVersion)
    {
        var mine = Mine;
        return new EditCase
        {
            CaseId = caseId, ExpectedVersion = expectedVersion,
            Severity = Is(CaseField.Severity) ? Severity : null,
            ProductId = Is(CaseField.Product) ? Product : null,
            Owner = Is(CaseField.Owner) ? new OwnerChange(Owner.Length == 0 ? null : int.Parse(Owner, CultureInfo.InvariantCulture)) : null,
        };

        bool Is(CaseField field) => mine.ContainsKey(field) && Choices.GetValueOrDefault(field, true);
    }

    // Who has it may be nobody who could be chosen.
    private static IReadOnlyList<CaseOwnerRow> With(CaseRow row, IReadOnlyList<CaseOwnerRow> owners) =>
        row.OwnerId is not { } id || owners.Any(o => o.Id == id) ? owners
        : [new CaseOwnerRow { Id = id, Name = row.OwnerName!, UserName = row.OwnerUserName, IsOfTeam = true }, .. owners];

    private static string Given(int? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
