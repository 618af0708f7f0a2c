using System.Diagnostics;
using CxDesk.Tests.Browser;

namespace CxDesk.Tests.Ingest;

/// <summary>The command line as somebody types it: what goes to which stream, and the exit code.</summary>
public sealed class ImportVerbTests : IDisposable
{
    private const string Mapping = """
        { "responses": [{ "fields": { "externalId": "{id}", "source": "s", "respondedAt": "{at}", "channel": "web", "product": "{what}", "region": "r", "scores.csat": "{score}" } }] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("cxdesk-verb-").FullName;

    [Fact]
    public async Task Import_tells_results_faults_and_wrong_use_apart()
    {
        await Write("mapping.json", Mapping);
        await Write("good.csv", "id,at,what,score\n1,2026-01-02 10:00:00,net,4\n2,2026-01-02 10:00:00,net,1\n");
        await Write("bad.csv", "id,at,what,score\n3,2026-01-02 10:00:00,net,4\n4,2026-01-02 10:00:00,net,9\n5,2026-01-02 10:00:00,\"=net,3\n6,2026-01-02 10:00:00,net,3\n");
        await Write("other.csv", "id,at,score\n1,2026-01-02 10:00:00,4\n");

        var (exit, output, error) = await Run("import", "good.csv", "--mapping", "mapping.json");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("responses: accepted 2, duplicate 0, rejected 0", output);
        Assert.Contains("cases opened: 1", output);

        (exit, output, _) = await Run("import", "bad.csv", "--mapping", "mapping.json");
        Assert.Equal(1, exit);
        Assert.Contains("responses: accepted 2, duplicate 0, rejected 1", output);
        var rejected = await File.ReadAllLinesAsync(Path.Combine(_folder, "bad.csv.rejected.csv"));
        Assert.Equal("line,reason,row", rejected[0]);
        Assert.StartsWith("3,scores.csat: must be between 1 and 5,", rejected[1]);
        Assert.StartsWith("4,a quote opens or closes in the wrong place,", rejected[2]);

        (exit, output, error) = await Run("import", "other.csv", "--mapping", "mapping.json");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("lacks the column what", error);

        (exit, output, error) = await Run("import", "good.csv");
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("--mapping", error);
        Assert.Equal(2, (await Run("frobnicate")).Exit);

        Assert.Equal(0, (await Run("backup", "copy.db")).Exit);
        Assert.Equal(1, (await Run("backup", "copy.db")).Exit);
        (exit, output, error) = await Run("backup", "no/such/folder/copy.db");
        Assert.Equal((1, ""), (exit, output));
        Assert.DoesNotContain("   at ", error);
        (exit, output, _) = await Run("user", "create", "ann", "--role", "manager");
        Assert.Equal(0, exit);
        Assert.StartsWith("http://localhost:5080/setup/", output);
        (exit, output, _) = await Run("rebuild-rollups");
        Assert.Equal(0, exit);
        Assert.StartsWith("counted 4 answers", output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task Write(string file, string text) => File.WriteAllTextAsync(Path.Combine(_folder, file), text);

    private async Task<(int Exit, string Out, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.WebAssembly, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Database__ConnectionString"] = $"Data Source={Path.Combine(_folder, "x.db")}";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["LANG"] = "en_US.UTF-8";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
