using CxDesk.Data.Demo;
using CxDesk.Data.Targets;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Demo;

/// <summary>Fills an empty database with the demo company and ends.</summary>
public static class DemoVerb
{
    public static async Task<int> Run(VerbCall call)
    {
        var text = call.Get<IStringLocalizer<DemoText>>();
        if (call.Get<IHostEnvironment>().IsProduction()) throw new VerbFailed(text["Verb.Production"]);
        var company = call.Get<DemoCompany>();
        if (!await company.IsEmpty(call.Cancel)) throw new VerbFailed(text["Verb.NotEmpty"]);
        var options = call.Get<DemoOptions>();
        var time = call.Get<TimeProvider>();
        var start = time.GetTimestamp();
        await company.Create(call.Cancel);
        var cases = await call.Get<DemoHistory>().Fill(options, new Tenths(options.Answers, done => call.Error.WriteLine(text["Verb.Progress", done, options.Answers])), call.Cancel);
        await call.Get<GapWriter>().Recalculate(call.Cancel);
        await call.Out.WriteLineAsync(text["Verb.Done", options.Answers, cases, time.GetElapsedTime(start).TotalSeconds.ToString("0.0"), DemoCompany.Password]);
        return Verbs.Done;
    }

    private sealed class Tenths(int total, Action<int> say) : IProgress<int>
    {
        private int _said;

        public void Report(int value)
        {
            if (value * 10L / total <= _said) return;
            _said = (int)(value * 10L / total);
            say(value);
        }
    }
}
