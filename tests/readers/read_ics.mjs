// Reads a calendar from standard input with ical.js (what Thunderbird uses) and prints what it understood.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const attendees = component.getAllProperties("attendee");
  return {
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    hour: event.startDate.hour,
    timezone: event.startDate.zone.tzid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: component.getFirstPropertyValue("status"),
    attendees: attendees.map((attendee) => ({
      address: attendee.getFirstValue(),
      partstat: attendee.getParameter("partstat"),
      rsvp: attendee.getParameter("rsvp"),
      cn: attendee.getParameter("cn"),
    })),
  };
});
process.stdout.write(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
