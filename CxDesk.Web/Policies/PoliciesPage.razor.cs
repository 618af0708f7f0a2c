using System.Text;
using CxDesk.Data.Admin;
using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Web.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Policies;

/// <summary>
/// The policy as a table of sentences. Whatever is changed goes into the one draft at once; a draft is rehearsed and then
/// switched on as the next version. Older versions are looked at by their number.
/// </summary>
public partial class PoliciesPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/admin/policies";

    private PolicyDesk? _desk;
    private CasePolicy? _older;
    private PolicyNames _names = PolicyNames.None;
    private RuleEntry? _rule;
    private TimesEntry? _timesEntry;
    private CaseSeverity? _times;
    private GeneralForm.GeneralEntry? _general;
    private (string? Rule, string? Times, string? Part, int? Version) _shown;
    private int _formVersion, _rehearsed;
    private string? _note;

    [SupplyParameterFromQuery(Name = "rule")] public string? Rule { get; set; }
    [SupplyParameterFromQuery(Name = "times")] public string? Times { get; set; }
    [SupplyParameterFromQuery(Name = "part")] public string? Part { get; set; }
    [SupplyParameterFromQuery(Name = "version")] public int? Version { get; set; }

    [Inject] public required PolicyQuery Query { get; set; }
    [Inject] public required PolicyWriter Writer { get; set; }
    [Inject] public required CodesQuery Codes { get; set; }
    [Inject] public required UnitTreeQuery Units { get; set; }
    [Inject] public required PeopleListQuery People { get; set; }
    [Inject] public required PolicyWords Sentences { get; set; }
    [Inject] public required IJSRuntime Browser { get; set; }
    [Inject] public required IStringLocalizer<PoliciesText> Words { get; set; }

    protected override ChangeTopic[] Topics => [ChangeTopic.Policies, ChangeTopic.Units];

    private CasePolicy Policy => _older ?? Draft;
    private CasePolicy Draft => _desk!.Draft?.Policy ?? _desk.InForce;
    private bool IsRehearsed => _desk is { Draft: not null } desk && _rehearsed == desk.DraftVersion;
    private bool HasSide => _rule is not null || _timesEntry is not null || _general is not null;

    protected override async Task Read(Viewer viewer)
    {
        _desk = await Query.Read();
        _names = await PolicyNames.Read(Codes, Units, People);
        _older = Version is { } version && _desk.History.Any(h => h.Version == version) ? await Query.Version(version) : null;
        // A change by somebody else must not take what is being typed: the save will tell.
        var shown = (Rule, Times, Part, Version);
        if (HasSide && _shown == shown) return;
        if (_shown != shown) Said();
        _shown = shown;
        Open();
    }

    private void Open()
    {
        _formVersion = _desk!.DraftVersion;
        (_rule, _timesEntry, _general, _times) = (null, null, null, null);
        if (_older is not null) return;
        if (Rule is not null)
        {
            var index = Draft.Rules.ToList().FindIndex(r => r.Key == Rule);
            if (index >= 0) _rule = RuleEntry.Of(Draft.Rules[index], index, _formVersion, Draft.Targets);
            else if (Rule.Length == 0) _rule = new RuleEntry { Index = Draft.Rules.Count, Version = _formVersion, Times = TimesEntry.Of(Draft.Targets.Medium) };
        }
        else if (Enum.TryParse<CaseSeverity>(Times, ignoreCase: true, out var severity) && Enum.IsDefined(severity))
            (_times, _timesEntry) = (severity, TimesEntry.Of(Draft.Targets.Of(severity)));
        else if (Part == "general")
        {
            _general = new GeneralForm.GeneralEntry
            {
                Owner = OwnerEntry.Of(Draft.Owner), Reopen = Draft.Reopen.Kind, AtLeast = TimesEntry.Hours(Draft.Reopen.AtLeastMinutes),
            };
        }
    }

    private async Task SaveRule(RuleEntry entry)
    {
        var key = entry.Key ?? NewKey(entry.Name);
        var saved = await Save(entry.Version, policy =>
        {
            var rule = entry.ToRule(key);
            return policy with { Rules = entry.Key is null ? [.. policy.Rules, rule] : [.. policy.Rules.Select(r => r.Key == key ? rule : r)] };
        });
        if (saved && entry.Key is null) Navigation.NavigateTo($"{Path}?rule={key}");
    }

    private Task SaveTimes() => Save(_formVersion, policy =>
    {
        var (severity, timing) = (_times!.Value, _timesEntry!.ToTiming($"targets.{CaseEventLog.Stored(_times.Value)}"));
        return policy with
        {
            Targets = severity switch
            {
                CaseSeverity.Critical => policy.Targets with { Critical = timing },
                CaseSeverity.High => policy.Targets with { High = timing },
                CaseSeverity.Medium => policy.Targets with { Medium = timing },
                CaseSeverity.Low => policy.Targets with { Low = timing },
            },
        };
    });

    private Task SaveGeneral() => Save(_formVersion, policy => policy with
    {
        Owner = _general!.Owner.ToOwner(),
        Reopen = new PolicyRestart { Kind = _general.Reopen, AtLeastMinutes = TimesEntry.Minutes(_general.AtLeast) ?? 0 },
    });

    private async Task Remove(string key)
    {
        if (await Save(_formVersion, policy => policy with { Rules = [.. policy.Rules.Where(r => r.Key != key)] })) Navigation.NavigateTo(Path);
    }

    private Task Switch(string key) => Save(_desk!.DraftVersion, policy => policy with { Rules = [.. policy.Rules.Select(r => r.Key == key ? r with { IsOn = !r.IsOn } : r)] });

    private async Task Move((string Key, int By) move)
    {
        var moved = await Save(_desk!.DraftVersion, policy =>
        {
            var rules = policy.Rules.ToList();
            var from = rules.FindIndex(r => r.Key == move.Key);
            var to = Math.Clamp(from + move.By, 0, rules.Count - 1);
            (rules[from], rules[to]) = (rules[to], rules[from]);
            return policy with { Rules = rules };
        });
        // A row that the browser moves loses the focus, and the next press would go nowhere.
        if (moved) await Browser.InvokeVoidAsync("cxdesk.focus", $"{(move.By < 0 ? "up" : "down")}-{move.Key}");
    }

    private async Task SwitchOn()
    {
        if (!IsRehearsed || !await Do(viewer => Writer.SwitchOn(viewer, _desk!.DraftVersion, _note))) return;
        _note = null;
        await Again();
    }

    private async Task DropDraft()
    {
        if (!await Confirmed(Words["Draft.Drop"], Words["Draft.DropWords"]) || !await Do(viewer => Writer.DropDraft(viewer, _desk!.DraftVersion))) return;
        await Again();
    }

    private async Task DraftFromOlder()
    {
        var older = _older!;
        if (await Save(_desk!.DraftVersion, _ => older)) Navigation.NavigateTo(Path);
    }

    private async Task<bool> Save(int version, Func<CasePolicy, CasePolicy> change)
    {
        var done = await Do(viewer => Writer.SaveDraft(viewer, change(Draft) with { Version = 0 }, version));
        if (done) await Again();
        return done;
    }

    protected override void Forget() => (_rule, _timesEntry, _general) = (null, null, null);

    private string NewKey(string name)
    {
        var letters = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9')) letters.Append(c);
            else if (letters.Length > 0 && letters[^1] != '-') letters.Append('-');
        }
        var stem = letters.ToString().Trim('-');
        stem = stem.Length == 0 ? "rule" : stem[..Math.Min(50, stem.Length)].TrimEnd('-');
        // Not one in force that the draft has dropped: cases know that rule by it.
        var key = stem;
        for (var i = 2; Draft.Rules.Any(r => r.Key == key) || _desk!.InForce.Rules.Any(r => r.Key == key); i++) key = $"{stem}-{i}";
        return key;
    }
}
