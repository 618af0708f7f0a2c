using Microsoft.AspNetCore.Http.HttpResults;

namespace CxDesk.Web.Shell;

/// <summary>How the API says what is wrong with a request.</summary>
public static class ApiProblem
{
    /// <summary>400 as problem details that name the field, as contract.md has it.</summary>
    /// <param name="message">What is wrong, in the words of the caller's language.</param>
    public static ProblemHttpResult Fault(string field, string message) => TypedResults.Problem(
        detail: message, statusCode: StatusCodes.Status400BadRequest,
        extensions: [new("errors", new Dictionary<string, string[]> { [field] = [message] })]);
}
