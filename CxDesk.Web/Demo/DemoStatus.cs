namespace CxDesk.Web.Demo;

public enum DemoPhase
{
    /// <summary>No demo, or not yet known.</summary>
    Off,

    /// <summary>History is being written; pages show what is there so far.</summary>
    Filling,

    /// <summary>The company is at work.</summary>
    Running,

    /// <summary>Stopped by a fault, which is in the log.</summary>
    Failed,
}

/// <summary>How far the demo is, for the banner.</summary>
public sealed class DemoStatus : IProgress<int>
{
    private int _done;

    public DemoPhase Phase { get; set; }
    public int Done => Volatile.Read(ref _done);
    public int Total { get; set; }

    void IProgress<int>.Report(int value) => Volatile.Write(ref _done, value);
}
