namespace CxDesk.Web.People;

/// <summary>What follows a verb: words in order, and <c>--name value</c> pairs.</summary>
public sealed class VerbArguments
{
    private readonly Dictionary<string, string> _named = [];

    /// <exception cref="WrongUse">A name that the verb does not know, a name without a value, or the wrong number of words.</exception>
    public VerbArguments(IReadOnlyList<string> arguments, int words, params string[] names)
    {
        var given = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                given.Add(arguments[i]);
                continue;
            }
            var name = arguments[i][2..];
            if (!names.Contains(name)) throw new WrongUse($"--{name} is not known here; known are {string.Join(", ", names.Select(n => "--" + n))}.");
            if (++i == arguments.Count) throw new WrongUse($"--{name} needs a value.");
            _named[name] = arguments[i];
        }
        if (given.Count != words) throw new WrongUse($"{words} words are needed, {given.Count} were given.");
        Words = given;
    }

    public IReadOnlyList<string> Words { get; }

    public string? this[string name] => _named.GetValueOrDefault(name);

    public string Need(string name) => this[name] ?? throw new WrongUse($"--{name} is missing.");
}

/// <summary>A verb was called in a way it does not have: exit code 2.</summary>
public sealed class WrongUse(string message) : Exception(message);
