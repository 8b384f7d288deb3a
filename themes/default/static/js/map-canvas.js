// Draws the map: dots in the colours and shapes of their topics, and the topics' names as far as there is room.

const LINE = 18; // pixels that a name is high
const DIM = 0.12; // what is left of the dots of other topics when one is chosen
const FEW = 1000; // papers of a map whose dots may be large

export class Canvas {
  constructor(ground, points) {
    this.element = document.createElement("canvas");
    this.element.setAttribute("aria-hidden", "true");
    ground.append(this.element);
    this.points = points;
    this.byTopic = grouped(points.topic);
    this.readColours();
  }

  // The colours are the style sheet's, which has others in the dark.
  readColours() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.ink = colour("ink");
    this.surface = colour("surface");
    this.edge = colour("edge");
    this.font = `600 13px ${colour("sans")}`;
    this.tones = this.points.topics.map(({ tone }) => colour(`tone-${tone}`));
  }

  resize(width, height) {
    const ratio = globalThis.devicePixelRatio || 1;
    this.element.width = Math.round(width * ratio);
    this.element.height = Math.round(height * ratio);
    this.context = this.element.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  // chosen: the number of a topic, -1 for all. marked: the paper that is pointed at, -1 for none.
  draw(view, chosen, marked) {
    const { context, points } = this;
    context.clearRect(0, 0, view.width, view.height);
    const radius = Math.min(7, (points.x.length < FEW ? 3.5 : 1.4) * view.scale ** 0.4);
    const untold = new Set(this.byTopic.keys());
    for (const [rank, topic] of points.topics.entries()) {
      untold.delete(topic.number);
      this.dots(view, this.byTopic.get(topic.number), this.tones[rank], topic.isSquare, radius, chosen);
    }
    for (const number of untold) this.dots(view, this.byTopic.get(number), this.edge, false, radius, chosen);
    if (marked >= 0) this.ring(view, marked, radius + 4);
    this.names(view, chosen);
  }

  dots(view, places, colour, isSquare, radius, chosen) {
    const { context, points } = this;
    context.globalAlpha = chosen < 0 || points.topic[places[0]] === chosen ? 1 : DIM;
    context.fillStyle = colour;
    context.beginPath();
    for (const place of places) {
      const [x, y] = view.onScreen(points.x[place], points.y[place]);
      if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) continue;
      if (isSquare) {
        context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      } else {
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    context.fill();
    context.globalAlpha = 1;
  }

  ring(view, place, radius) {
    const { context, points } = this;
    const [x, y] = view.onScreen(points.x[place], points.y[place]);
    context.lineWidth = 2;
    context.strokeStyle = this.ink;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }

  names(view, chosen) {
    const { context } = this;
    Object.assign(context, { font: this.font, textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    Object.assign(context, { lineWidth: 3, strokeStyle: this.surface, fillStyle: this.ink });
    const taken = [];
    for (const topic of this.points.topics) {
      if (chosen >= 0 && topic.number !== chosen) continue;
      const half = context.measureText(topic.title).width / 2;
      const [x, y] = view.onScreen(topic.x, topic.y);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const middle = Math.min(Math.max(x, half + 4), view.width - half - 4);
      if (taken.some(([ox, oy, other]) => Math.abs(middle - ox) < half + other + 6 && Math.abs(y - oy) < LINE)) continue;
      taken.push([middle, y, half]);
      context.strokeText(topic.title, middle, y);
      context.fillText(topic.title, middle, y);
    }
  }
}

function grouped(topics) {
  const groups = new Map();
  for (const [place, number] of topics.entries()) {
    if (!groups.has(number)) groups.set(number, []);
    groups.get(number).push(place);
  }
  return groups;
}
