using System.Globalization;
using CxDesk.Web.Jobs;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CxDesk.Tests.Jobs;

public class SchedulesTests
{
    [Fact]
    public void Every_schedule_has_a_name_of_its_own_and_a_time() => Assert.All(Schedules.All, schedule =>
    {
        Assert.Single(Schedules.All, s => s.Name == schedule.Name);
        Assert.True(schedule.Every is null != schedule.DailyAt is null, $"{schedule.Name} is either repeated or daily");
    });

    [Fact]
    public void Every_schedule_is_said_in_one_sentence_in_every_language()
    {
        var text = new StringLocalizer<JobsText>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));
        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in ShellSetup.Languages)
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                foreach (var schedule in Schedules.All)
                {
                    Assert.False(text[$"Job.{schedule.Name}.Name"].ResourceNotFound, $"{schedule.Name} has no name in {language}");
                    var sentence = text[$"Job.{schedule.Name}"];
                    Assert.False(sentence.ResourceNotFound, $"{schedule.Name} has no sentence in {language}");
                    Assert.EndsWith(language == "en" ? "." : "。", sentence.Value);
                }
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
