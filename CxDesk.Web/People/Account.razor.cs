using CxDesk.Data;
using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.People;

/// <summary>A person's own password and language.</summary>
public partial class Account
{
    private KnownPerson? _person;
    private InvalidField? _fault;
    private string? _said;

    [CascadingParameter] public required HttpContext Context { get; set; }
    [SupplyParameterFromForm] public Entry? Form { get; set; }
    [SupplyParameterFromQuery(Name = "saved")] public string? Saved { get; set; }
    [Inject] public required PasswordWriter Passwords { get; set; }
    [Inject] public required Sessions Sessions { get; set; }
    [Inject] public required SignInDesk Desk { get; set; }
    [Inject] public required IStringLocalizer<PeopleText> Text { get; set; }
    [Inject] public required IStringLocalizer<ShellText> Shell { get; set; }

    private string? Lead => _person is null ? null : Text["Account.Lead", _person.Viewer.Name, _person.UserName].Value;

    protected override async Task OnInitializedAsync() => _person = await Context.User.FindPerson(Sessions);

    private async Task Change()
    {
        if (_person is null) return;
        try
        {
            if (Form!.Password != Form.Again) throw new InvalidField("again", "Again", "again: differs from the password.");
            await Passwords.Change(_person.Viewer, Form.Present ?? "", Form.Password ?? "", Context.RequestAborted);
            // Every session has ended with the old password; this browser gets a new one.
            await Desk.Let(Context, _person.Viewer.PersonId!.Value, null);
            _said = "password";
        }
        catch (InvalidField fault)
        {
            _fault = fault;
        }
    }

    private async Task Speak()
    {
        if (_person is null) return;
        var language = ShellSetup.Languages.FirstOrDefault(l => l == Form!.Language);
        await Passwords.ChooseLanguage(_person.Viewer, language, Context.RequestAborted);
        SignInDesk.Speak(Context, language);
        Context.Response.Redirect("/account?saved=1");
    }

    public sealed class Entry
    {
        public string? Present { get; set; }
        public string? Password { get; set; }
        public string? Again { get; set; }
        public string? Language { get; set; }
    }
}
