using CxDesk.Data;

namespace CxDesk.Web.Shell;

/// <summary>Sections of the settings, read once when the app is put together, and checked all before it starts.</summary>
public static class Settings
{
    /// <summary>The section as everybody then gets it injected; with its defaults where it is at fault, until <see cref="SettingFaults"/> are told.</summary>
    public static T AddSettings<T>(this WebApplicationBuilder builder, string section) where T : class, ISettings, new()
    {
        if (builder.Services.FirstOrDefault(s => s.ServiceType == typeof(T))?.ImplementationInstance is T known) return known;
        var (options, faults) = Read<T>(builder.Configuration.GetSection(section));
        builder.Services.AddSingleton(options);
        foreach (var fault in faults) builder.Services.AddSingleton(new SettingFault(fault));
        return options;
    }

    /// <summary>Every fault of every section, each with its key. With any the app does not start.</summary>
    public static IReadOnlyList<string> SettingFaults(this WebApplicationBuilder builder) =>
        [.. builder.Services.Select(s => s.ServiceType == typeof(SettingFault) ? s.ImplementationInstance : null).OfType<SettingFault>().Select(f => f.Words)];

    /// <summary>Says on standard error why nothing starts.</summary>
    /// <returns>The exit code.</returns>
    public static int Refuse(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        return Verbs.Failed;
    }

    private static (T Options, IReadOnlyList<string> Faults) Read<T>(IConfigurationSection section) where T : class, ISettings, new()
    {
        try
        {
            var options = section.Get<T>() ?? new T();
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? (options, faults) : (new T(), faults);
        }
        catch (InvalidOperationException e)
        {
            // The binder names the key, the value, and what it should be.
            return (new T(), [e.Message]);
        }
    }

    private sealed record SettingFault(string Words);
}
