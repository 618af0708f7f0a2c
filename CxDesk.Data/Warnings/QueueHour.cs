namespace CxDesk.Data.Warnings;

/// <summary>An hour of a queue.</summary>
/// <param name="Slot">Hour of the week, 0–167, in the company's zone.</param>
/// <param name="Contacts">Contacts whose wait was measured.</param>
/// <param name="WaitSum">Σ of their waits, seconds.</param>
/// <param name="Risk">How many low scores their waits alone let expect if everybody answered: Σ of the chance at each wait.</param>
/// <param name="Low">Low scores that came in.</param>
public readonly record struct QueueHour(int Slot, double Contacts, double WaitSum, double Risk, int Low)
{
    public double? Wait => Contacts > 0 ? WaitSum / Contacts : null;
}
