using CxDesk.Data;
using CxDesk.Data.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.People;

/// <summary>Where a one-time link leads: somebody who was invited sets a password; the very first becomes admin.</summary>
public partial class Setup
{
    private SetupLinkRow? _link;
    private InvalidField? _fault;

    [CascadingParameter] public required HttpContext Context { get; set; }
    [Parameter] public required string Token { get; set; }
    [SupplyParameterFromForm] public Entry? Form { get; set; }
    [Inject] public required PasswordWriter Passwords { get; set; }
    [Inject] public required SignInDesk Desk { get; set; }
    [Inject] public required IStringLocalizer<PeopleText> Text { get; set; }

    private bool IsFirst => _link?.PersonId is null;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new Entry();
        // The address holds the secret: no other site may learn it.
        Context.Response.Headers["Referrer-Policy"] = "no-referrer";
        _link = await Passwords.FindLink(Token, Context.RequestAborted);
    }

    private async Task Save()
    {
        if (_link is null) return;
        try
        {
            if (Form!.Password != Form.Again) throw new InvalidField("again", "Again", "again: differs from the password.");
            var id = await Passwords.UseLink(Token, Form.Password ?? "", Form.Name, Form.UserName, Context.RequestAborted);
            Context.Response.Redirect(await Desk.Let(Context, id, "/"));
        }
        catch (InvalidField fault)
        {
            _fault = fault;
            if (fault.Field == "link") _link = null;
        }
    }

    private string? Invalid(string field) => _fault?.Field == field ? "true" : null;

    public sealed class Entry
    {
        public string? Name { get; set; }
        public string? UserName { get; set; }
        public string? Password { get; set; }
        public string? Again { get; set; }
    }
}
