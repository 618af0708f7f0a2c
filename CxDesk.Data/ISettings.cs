namespace CxDesk.Data;

/// <summary>One section of the settings.</summary>
public interface ISettings
{
    /// <summary>What cannot be worked with: the key, colon, the reason.</summary>
    IEnumerable<string> Faults();
}
