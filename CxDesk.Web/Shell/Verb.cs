using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>One verb of the command line.</summary>
/// <param name="Name">One word or two.</param>
/// <param name="Usage">
/// What follows the name, which is also how it is read: <c>FILE --mapping FILE [--dry-run]</c> takes one argument, an
/// option with a value that must be there, and one without a value that need not.
/// </param>
/// <param name="Run">Gives the exit code.</param>
public sealed record Verb(string Name, string Usage, Func<VerbCall, Task<int>> Run)
{
    private readonly string[] _words = Name.Split(' ');

    public bool IsNamedBy(string[] arguments) => arguments.Take(_words.Length).SequenceEqual(_words);

    /// <exception cref="WrongUse">Something is missing, or not asked for.</exception>
    public VerbCall Read(string[] arguments, IServiceProvider services, IStringLocalizer<ShellText> text, CancellationToken cancel)
    {
        var usage = Usage.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (given, options) = (new List<string>(), new Dictionary<string, string>());
        for (var i = _words.Length; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal)) given.Add(argument);
            else if (!usage.Any(u => u.Trim('[', ']') == argument)) throw new WrongUse(text["Verbs.NoSuchOption", argument]);
            else if (!TakesValue(usage, argument)) options[argument] = "";
            else options[argument] = ++i < arguments.Length && !arguments[i].StartsWith("--", StringComparison.Ordinal) ? arguments[i] : throw new WrongUse(text["Verbs.NoValue", argument]);
        }
        if (usage.FirstOrDefault(u => u.StartsWith("--", StringComparison.Ordinal) && !options.ContainsKey(u)) is { } missing)
            throw new WrongUse(text["Verbs.Missing", missing]);
        var asked = usage.TakeWhile(u => !u.TrimStart('[').StartsWith("--", StringComparison.Ordinal)).ToArray();
        if (given.Count < asked.Length) throw new WrongUse(text["Verbs.Missing", asked[given.Count]]);
        if (given.Count > asked.Length) throw new WrongUse(text["Verbs.TooMany", given[asked.Length]]);
        return new VerbCall(given, options, services, cancel);
    }

    private static bool TakesValue(string[] usage, string option)
    {
        var at = Array.FindIndex(usage, u => u.TrimStart('[') == option);
        return at >= 0 && at + 1 < usage.Length && !usage[at + 1].TrimStart('[').StartsWith("--", StringComparison.Ordinal);
    }
}

/// <summary>A verb as it was called.</summary>
public sealed class VerbCall(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> options, IServiceProvider services, CancellationToken cancel)
{
    public IReadOnlyList<string> Arguments => arguments;
    public IServiceProvider Services => services;
    public CancellationToken Cancel => cancel;

    /// <summary>For results.</summary>
    public TextWriter Out { get; init; } = Console.Out;

    /// <summary>For progress.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>The value of an option, as in <c>--mapping</c>; null where it was not given.</summary>
    public string? Option(string name) => options.GetValueOrDefault(name);

    public bool Has(string name) => options.ContainsKey(name);

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();
}

/// <summary>The command line is not one that the verb takes: exit code 2.</summary>
public sealed class WrongUse(string message) : Exception(message);

/// <summary>The verb could not do what it was asked to, for the reason given: exit code 1.</summary>
public sealed class VerbFailed(string message) : Exception(message);
