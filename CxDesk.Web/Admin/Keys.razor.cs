using CxDesk.Data.Admin;
using CxDesk.Data.People;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Admin;

/// <summary>The keys of programs: made here and shown once, revoked here for good.</summary>
public partial class Keys
{
    private static readonly ApiKeyScopes[] Known = [ApiKeyScopes.Ingest, ApiKeyScopes.Read, ApiKeyScopes.Desk];
    private static readonly string[] Fields = ["name", "scopes"];

    private IReadOnlyList<KeyRow> _keys = [];
    private IReadOnlyList<UnitTreeRow> _units = [];
    private string _name = "", _madeName = "";
    private string? _made;
    private ApiKeyScopes _scopes = ApiKeyScopes.Ingest;
    private int? _unitId;

    [Inject] public required KeysQuery Query { get; set; }
    [Inject] public required UnitTreeQuery Units { get; set; }
    [Inject] public required ApiKeyWriter Writer { get; set; }

    protected override async Task Read(Viewer viewer) => (_keys, _units) = (await Query.All(), await Units.All());

    private async Task Create()
    {
        if (!await Do(async viewer => _made = await Writer.Create(viewer, _name, _scopes, _unitId))) return;
        (_madeName, _name) = (_name, "");
        await Reload();
    }

    private async Task Revoke(KeyRow key)
    {
        if (!await Confirmed(Text["Keys.Revoke"], Text["Keys.RevokeAsk", key.Name])) return;
        if (await Do(viewer => Writer.Revoke(viewer, key.Id))) await Reload();
    }

    private string Scopes(ApiKeyScopes scopes) => string.Join(", ", Known.Where(k => scopes.HasFlag(k)).Select(k => Text[$"Scope.{k}"].Value));
}
