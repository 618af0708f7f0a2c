using System.Security.Claims;
using Bunit;
using CxDesk.Data.Database;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Shell;
using CxDesk.Web.Notices;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Notices;

public class BellTests : ShellContext
{
    private static readonly Statement Admit = new("UPDATE People SET SecurityStamp = 'stamp' WHERE Id = @personId");

    [Fact]
    public async Task A_notice_rings_the_bell_of_the_one_whom_it_is_for_and_goes_quiet_when_read()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        var bell = Render<Bell>();
        Assert.Equal("Notices", bell.Find("summary").GetAttribute("aria-label"));

        await Tell(floor, CaseFloor.Manager, 1);
        await Tell(floor, CaseFloor.Supervisor, 2);
        bell.WaitForAssertion(() => Assert.Equal("Notices, 1 unread", bell.Find("summary").GetAttribute("aria-label")));
        Assert.Contains("C-1001 is overdue and has come up to you (level 2)", bell.Find("li[data-unread] a").TextContent);
        Assert.Equal("/cases/C-1001", bell.Find("li a").GetAttribute("href"));

        await bell.Find("button").ClickAsync(new());
        bell.WaitForAssertion(() => Assert.Empty(bell.FindAll("li[data-unread]")));
        Assert.Equal("Notices", bell.Find("summary").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task The_bell_speaks_Chinese()
    {
        await using var floor = await SignIn(CaseFloor.Supervisor);
        await floor.Database.Db.Write(s => NoticeWriter.Tell(s, CaseFloor.Supervisor, NoticeEvent.CasesEscalated, "k", detail: new NoticeDetail { Cases = 5, Critical = 2 }));
        Speak("zh-Hans");
        Assert.Contains("有 5 个逾期工单升级到您处理，其中 2 个为紧急", Render<Bell>().WaitForElement("li a").TextContent);
    }

    private static Task Tell(CaseFloor floor, int personId, int level) => floor.Database.Db.Write(s =>
        NoticeWriter.Tell(s, personId, NoticeEvent.CaseEscalated, $"told/{personId}", 1001, new NoticeDetail { Level = level }));

    private async Task<CaseFloor> SignIn(int personId)
    {
        var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Open();
        await floor.Database.Db.Write(s => s.Execute(Admit, new { personId }));
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"{personId}"), new Claim("stamp", "stamp")], "test"));
        Services.AddSingleton(floor.Database.Db);
        Services.AddSingleton(floor.Database.Signal);
        Services.AddSingleton<NoticesQuery>();
        Services.AddSingleton<NoticeWriter>();
        Services.AddSingleton<NoticeWords>();
        Services.AddSingleton<ViewerQuery>();
        Services.AddSingleton<Sessions>();
        Services.AddScoped<SignedInState>();
        Services.AddScoped<CurrentViewer>();
        Services.AddSingleton<IHttpContextAccessor>(new OneRequest { HttpContext = new DefaultHttpContext { User = person } });
        return floor;
    }

    // The framework's own forgets when the method that set it returns.
    private sealed class OneRequest : IHttpContextAccessor
    {
        public HttpContext? HttpContext { get; set; }
    }
}
