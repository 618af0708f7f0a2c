using CxDesk.Web.Shell;

namespace CxDesk.Web.Ingest;

public static class ImportVerb
{
    public static Task<int> Run(VerbCall call) { Console.WriteLine(Environment.CurrentDirectory + " PWD=" + Environment.GetEnvironmentVariable("PWD")+" OLDPWD="+Environment.GetEnvironmentVariable("OLDPWD")); return Task.FromResult(0); }
}
