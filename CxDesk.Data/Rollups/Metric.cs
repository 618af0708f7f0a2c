namespace CxDesk.Data.Rollups;

/// <summary>What an answer scores. For each of them more is better.</summary>
public enum Metric
{
    /// <summary>Satisfaction, 1–5; shown as a mean.</summary>
    Csat = 1,

    /// <summary>Likelihood to recommend, 0–10; shown as promoters less detractors, −100…100.</summary>
    Nps = 2,

    /// <summary>Effort, 1–7, where 7 is very easy; shown as a mean.</summary>
    Ces = 3,
}

public static class MetricScale
{
    /// <summary>The lowest and highest whole number that an answer may give.</summary>
    public static (int Lowest, int Highest) Range(this Metric metric) => metric switch
    {
        Metric.Csat => (1, 5),
        Metric.Nps => (0, 10),
        Metric.Ces => (1, 7),
    };

    /// <summary>The lowest and highest score that answers can come to.</summary>
    public static (double Lowest, double Highest) Bounds(this Metric metric) => metric switch
    {
        Metric.Nps => (-100, 100),
        Metric.Csat or Metric.Ces => metric.Range(),
    };

    /// <summary>What one answer brings to the score, which is the mean of these: itself; of NPS 100, 0 or −100.</summary>
    public static int Scored(this Metric metric, int value) => metric switch
    {
        Metric.Nps => value >= 9 ? 100 : value <= 6 ? -100 : 0,
        Metric.Csat or Metric.Ces => value,
    };

    /// <summary>
    /// Whether a score is low in itself: CSAT 1–2, NPS 0–6 (a detractor), CES 1–3. That is what boards show as low; whether
    /// it opens a case is for the policy to say.
    /// </summary>
    public static bool IsLow(this Metric metric, int? score) => metric switch
    {
        Metric.Csat => score <= 2,
        Metric.Nps => score <= 6,
        Metric.Ces => score <= 3,
    };
}
