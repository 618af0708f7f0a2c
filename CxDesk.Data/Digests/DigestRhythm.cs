using CxDesk.Data.People;

namespace CxDesk.Data.Digests;

/// <summary>How often a person is mailed a summary. The numbers are stored.</summary>
public enum DigestRhythm { Off = 0, Daily = 1, Weekly = 2 }

public static class DigestRhythms
{
    /// <summary>
    /// What holds where nobody chose. Supervisors act from day to day; managers and executives look from week to week; agents
    /// have their cases before them all day, and administrators keep the system and lead nobody: both have to ask for one.
    /// </summary>
    public static DigestRhythm Of(Role role) => role switch
    {
        Role.Supervisor => DigestRhythm.Daily,
        Role.Manager or Role.Executive => DigestRhythm.Weekly,
        Role.Agent or Role.Admin or Role.Wall => DigestRhythm.Off,
    };
}
