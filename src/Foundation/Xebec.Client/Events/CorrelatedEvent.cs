using Xebec.Api.Core.V1;

namespace Xebec.Client.Events;

/// <summary>An event that is to be sent.</summary>
/// <param name="Key">What makes another event the same.</param>
/// <param name="Event">Its content; a repetition has the stored one's name and a raised count.</param>
/// <param name="IsRepetition">Whether it is stored already, so that a patch does.</param>
internal sealed record CorrelatedEvent(string Key, Event Event, bool IsRepetition);
