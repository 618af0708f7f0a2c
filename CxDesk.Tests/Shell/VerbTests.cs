using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Shell;

public class VerbTests
{
    private static readonly Verb Import = new("org import", "FILE --mapping FILE [--dry-run]", _ => Task.FromResult(0));

    [Fact]
    public void A_command_line_is_read_as_the_usage_says()
    {
        var call = Read("org", "import", "--dry-run", "a.csv", "--mapping", "b.json");
        Assert.Equal(["a.csv"], call.Arguments);
        Assert.Equal("b.json", call.Option("--mapping"));
        Assert.True(call.Has("--dry-run"));
        Assert.False(Read("org", "import", "a.csv", "--mapping", "b.json").Has("--dry-run"));
        Assert.False(Import.IsNamedBy(["org"]));
    }

    [Theory]
    [InlineData("org import --mapping b.json")]
    [InlineData("org import a.csv")]
    [InlineData("org import a.csv --mapping")]
    [InlineData("org import a.csv --mapping --dry-run")]
    [InlineData("org import a.csv b.csv --mapping b.json")]
    [InlineData("org import a.csv --mapping b.json --fast")]
    public void Wrong_use_is_refused(string line) => Assert.Throws<WrongUse>(() => Read(line.Split(' ')));

    private static VerbCall Read(params string[] arguments)
    {
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        return Import.Read(arguments, services, services.GetRequiredService<IStringLocalizer<ShellText>>(), CancellationToken.None);
    }
}
