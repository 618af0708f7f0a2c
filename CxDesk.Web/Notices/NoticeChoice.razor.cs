using CxDesk.Data;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Notices;

/// <summary>Address, hours, and for each topic whether the bell and mail tell it.</summary>
public partial class NoticeChoice
{
    private NoticeChoices? _choices;
    private InvalidField? _fault;

    [Parameter, EditorRequired] public required Viewer Viewer { get; set; }
    [CascadingParameter] public required HttpContext Context { get; set; }
    [SupplyParameterFromForm(FormName = "notices")] public Entry? Notices { get; set; }
    [SupplyParameterFromQuery(Name = "noticed")] public string? Saved { get; set; }
    [Inject] public required NoticePreferences Preferences { get; set; }
    [Inject] public required MailOptions Mail { get; set; }
    [Inject] public required NoticeWords Words { get; set; }
    [Inject] public required IStringLocalizer<NoticesText> Text { get; set; }

    protected override async Task OnInitializedAsync() => _choices = await Preferences.Read(Viewer, Context.RequestAborted);

    private async Task Save()
    {
        var (bell, mail) = (Notices?.Bell ?? [], Notices?.Mail ?? []);
        _choices = new NoticeChoices
        {
            Email = Notices?.Email,
            AnyHour = Notices?.AnyHour == true,
            Topics = [.. NoticeTopics.All.Select(t => new NoticePreference { Topic = t, ByBell = bell.Contains(t), ByMail = mail.Contains(t) })],
        };
        try
        {
            await Preferences.Save(Viewer, _choices, Context.RequestAborted);
            Context.Response.Redirect("/account?noticed=1");
        }
        catch (InvalidField fault)
        {
            _fault = fault;
        }
    }

    public sealed class Entry
    {
        public string? Email { get; set; }
        public bool AnyHour { get; set; }
        public List<NoticeTopic>? Bell { get; set; }
        public List<NoticeTopic>? Mail { get; set; }
    }
}
