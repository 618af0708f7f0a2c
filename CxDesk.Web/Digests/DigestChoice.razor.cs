using CxDesk.Data.Deliveries;
using CxDesk.Data.Digests;
using CxDesk.Data.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Digests;

/// <summary>Whether and how often a digest comes, and what it would say now.</summary>
public partial class DigestChoice
{
    private DigestRhythm _rhythm;

    [Parameter, EditorRequired] public required Viewer Viewer { get; set; }
    [CascadingParameter] public required HttpContext Context { get; set; }
    [SupplyParameterFromForm(FormName = "digest")] public Entry? Digest { get; set; }
    [SupplyParameterFromQuery(Name = "digested")] public string? Saved { get; set; }
    [Inject] public required DigestChoices Choices { get; set; }
    [Inject] public required MailOptions Mail { get; set; }
    [Inject] public required IStringLocalizer<DigestsText> Text { get; set; }

    protected override async Task OnInitializedAsync() => _rhythm = await Choices.Read(Viewer, Context.RequestAborted);

    private async Task Save()
    {
        if (Digest?.Rhythm is { } rhythm && Enum.IsDefined(rhythm)) await Choices.Save(Viewer, rhythm, Context.RequestAborted);
        Context.Response.Redirect("/account?digested=1#digest");
    }

    public sealed class Entry
    {
        public DigestRhythm? Rhythm { get; set; }
    }
}
