using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.People;

/// <summary>The way in for people. It says what is wrong, but not whether the name exists.</summary>
public partial class Login
{
    private string? _fault;

    [CascadingParameter] public required HttpContext Context { get; set; }
    [SupplyParameterFromForm] public Entry? Form { get; set; }
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnUrl { get; set; }
    [SupplyParameterFromQuery(Name = "out")] public string? Out { get; set; }
    [Inject] public required SignInWriter Writer { get; set; }
    [Inject] public required SignInDesk Desk { get; set; }
    [Inject] public required IStringLocalizer<PeopleText> Text { get; set; }
    [Inject] public required TimeWords Words { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }

    protected override void OnInitialized()
    {
        Form ??= new Entry();
        // Whoever is in already has nothing to do here.
        if (HttpMethods.IsGet(Context.Request.Method) && Context.User.Identity?.IsAuthenticated == true)
            Context.Response.Redirect(LanguageChoice.IsLocal(ReturnUrl) ? ReturnUrl! : "/");
    }

    private async Task SignIn()
    {
        var attempt = await Writer.Try(Form!.UserName ?? "", Form.Password ?? "", Context.RequestAborted);
        if (attempt.PersonId is { } id) Context.Response.Redirect(await Desk.Let(Context, id, ReturnUrl));
        else if (attempt.LockedUntil is { } until) _fault = Text["SignIn.Locked", Words.Clock(until, Clock.Now, Clock.Zone)];
        else _fault = Text["SignIn.Wrong"];
    }

    public sealed class Entry
    {
        public string? UserName { get; set; }
        public string? Password { get; set; }
    }
}
