namespace CxDesk.Data;

/// <summary>Something that was typed or sent cannot be stored: which field, and why.</summary>
/// <param name="name">As the sender calls it, in camelCase.</param>
/// <param name="fault">A word that screens translate (<c>Fault.Taken</c>).</param>
/// <param name="message">The same in English, for programs and consoles; begins with the field.</param>
public sealed class InvalidField(string name, string fault, string message) : Exception(message)
{
    public string Field => name;
    public string Fault => fault;
}
