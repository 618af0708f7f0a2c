using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CxDesk.Tests.Shell;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("zh-TW", "zh-Hans")]
    [InlineData("en-GB,zh;q=0.5", "en")]
    [InlineData("fr-FR,zh;q=0.4,en;q=0.7", "en")]
    [InlineData("fr", null)]
    [InlineData("zh;q=0,en;q=0.1", "en")]
    public void Browser_gets_its_first_language_that_we_speak(string header, string? language) =>
        Assert.Equal(language, BrowserLanguage.Choose(StringWithQualityHeaderValue.ParseList([header])));

    [Theory]
    [InlineData("/cases?status=new", "/cases?status=new")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData(null, "/")]
    public void Choice_leads_back_to_our_own_pages_only(string? back, string to)
    {
        var context = new DefaultHttpContext();
        var answer = Assert.IsType<RedirectHttpResult>(LanguageChoice.Keep(context, "zh-Hans", back));
        Assert.Equal(to, answer.Url);
        Assert.Contains("zh-Hans", context.Response.Headers.SetCookie.ToString());
    }

    [Fact]
    public void Language_that_we_do_not_speak_is_refused()
    {
        var context = new DefaultHttpContext();
        Assert.Equal(400, Assert.IsType<ProblemHttpResult>(LanguageChoice.Keep(context, "tlh", "/")).StatusCode);
        Assert.Equal(0, context.Response.Headers.SetCookie.Count);
    }
}
